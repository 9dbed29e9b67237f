"""What is done in conversations, by noun."""
