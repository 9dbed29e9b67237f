from datetime import timedelta

from django.utils import timezone

from lotse.jobs.registry import every
from lotse.stream.actions import prune

EVENT_RETENTION = timedelta(days=30)
"""A browser that was away longer loads its state anew."""


@every(days=1)
def prune_events() -> None:
    prune(timezone.now() - EVENT_RETENTION)
