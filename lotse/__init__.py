"""Lotse: self-hosted, end-to-end encrypted platform for migration counselling."""

__version__ = "0.1.0"
