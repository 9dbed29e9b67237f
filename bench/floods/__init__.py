"""Floods, beside the same hours without them: `python -m bench.floods [quick]`."""
