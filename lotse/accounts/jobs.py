from django.contrib.sessions.backends.db import SessionStore

from lotse.jobs.registry import every


@every(days=1)
def prune_sessions() -> None:
    SessionStore.clear_expired()
