"""The rules of ballots, pure: shares, majorities, heads, areas, methods, the tally, the published file."""
