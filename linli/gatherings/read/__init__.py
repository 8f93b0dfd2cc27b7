"""Queries on bodies, their meetings, postings and what was laid open."""
