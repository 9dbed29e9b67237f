"""The path of every message and mark: a request in, one transaction for all that wait together.

live.py takes requests by ASGI, short.py those of whoever is known, past it; keep.py makes jobs of
them. locked.py knows the conversations, batch.py reads and writes for many, post.py and mark.py say
what each does.
What changes the case itself goes in_own_transaction, by actions/.
"""
