"""The doors of matters: one module per topic, residents' and the desk's side by side."""
