"""The verbs of conversations, one module for each noun."""
