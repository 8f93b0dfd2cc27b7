"""Pages of notices: the resident's, the desk's for announcements, and the desk's for calls and slips."""
