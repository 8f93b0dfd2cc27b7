"""Forms of ballots: preparing one, voting and entering sheets, entrusting somebody, a count by hand."""
