"""The sandbox against the guide as an OpenAPI file, by requests that schemathesis makes up."""
