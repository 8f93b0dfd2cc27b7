"""Queries of ballots: the ballots, their rolls, what was voted, and the log of visits."""
