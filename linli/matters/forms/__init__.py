"""What the doors of matters read from people: one module per topic."""
