"""The rules of ballots, pure: shares and majorities, heads and areas, methods, the tally, the published file."""
