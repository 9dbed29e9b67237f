from datetime import timedelta

from django.utils import timezone

from lotse.conversations.actions.files import prune
from lotse.jobs.registry import every

MAX_PENDING_AGE = timedelta(days=1)
"""How long a file may wait for its message, and how long the rest of an upload may remain."""


@every(days=1)
def prune_blobs() -> None:
    prune(timezone.now() - MAX_PENDING_AGE)
