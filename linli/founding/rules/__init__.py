"""Rules of setting up: what a line of buildings means, how they stand, which posts a practice needs."""
