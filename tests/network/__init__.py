"""A proxy between the real client and the real sandbox that cuts every byte of every call."""
