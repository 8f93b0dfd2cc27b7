"""The only writers of ballots: preparing one, running it, voting, and going from door to door."""
