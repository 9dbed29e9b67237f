"""Measurements, all on one machine in one run: `make bench`."""
