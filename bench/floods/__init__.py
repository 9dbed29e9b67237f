"""Measures the service during floods and without them: `python -m bench.floods [quick]`."""
