"""Whether a service answers as quickly after years as in its first weeks."""

MESSAGES = 20
"""Of each case."""
EVENTS = 10
"""Kept for each client who has any, beside those of her messages."""
