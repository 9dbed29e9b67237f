"""Whether a service answers as quickly after years as in its first weeks."""

MESSAGES = 20
"""Messages in each case."""
EVENTS = 10
"""Events of each client who has any, besides those of messages."""
