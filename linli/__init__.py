"""Linli 邻里: community governance software for Chinese residential communities."""

__version__ = "0.1.0"
