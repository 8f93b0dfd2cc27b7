"""The rules of meetings: pure functions, each with its source."""
