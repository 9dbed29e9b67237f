"""Draws screenshots of the main pages. Look at them before you call a page done."""
