"""Every query of talking together, and what each reader may see of the answer."""
