"""The rules of talking together. Pure."""
