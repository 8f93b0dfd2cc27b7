"""Pages of posts and boards."""
