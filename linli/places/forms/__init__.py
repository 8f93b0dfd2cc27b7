"""Forms of places: the tree, and outlines."""
