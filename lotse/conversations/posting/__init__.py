"""The path of every message and receipt, from a request to one transaction for all that wait.

asgi.py takes requests by ASGI; fast_path.py takes those of people who are remembered, past ASGI.
submit.py makes jobs of both. locked_conversation.py loads the conversations, batch.py reads and
writes for many jobs, and post.py and receipt.py say what each job does. What changes the
case itself gets a transaction of its own, through actions/.
"""
