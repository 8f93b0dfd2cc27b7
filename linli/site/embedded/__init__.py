"""PostgreSQL of our own: its binaries, its cluster, its process. Nothing of it listens on the network."""
