"""The rules of matters, pure: clocks, orders, what a step needs, and the three rates."""
