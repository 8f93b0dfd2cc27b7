"""Forms of bodies, meetings, what came of them, and postings."""
