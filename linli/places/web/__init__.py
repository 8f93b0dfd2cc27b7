"""The desk's pages of places: the tree, and outlines."""
