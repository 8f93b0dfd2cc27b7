"""Floor 0: plain Python every other floor may lean on; it imports neither Django nor any other floor."""
