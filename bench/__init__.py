"""Measurements of what is committed, on one machine in one go: `make bench`."""
