"""Pages of people: the register on the desk, what somebody owns, everybody's own settings."""
