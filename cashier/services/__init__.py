"""The use cases of the till. Async, no widgets, no HTTP; codes and facts, never sentences."""
