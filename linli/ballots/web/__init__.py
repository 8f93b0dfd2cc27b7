"""Pages of ballots: for residents, for everybody once a result is published, for the desk."""
