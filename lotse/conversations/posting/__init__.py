"""The path of every message and mark: plain ASGI in, one transaction for all that wait together.

live.py takes requests, talk.py knows the conversations, batch.py reads and writes for many, post.py
and mark.py say what each does.
What changes the case itself goes alone, by actions/.
"""
