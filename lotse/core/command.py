"""What all Lotse commands share."""

import signal
import sys

from django.core.management.base import BaseCommand


class QuickCommand(BaseCommand):
    """Skips Django's checks, which load the whole back office and so take a second each time."""

    requires_system_checks: list[str] = []


def clean_up_when_told_to_end() -> None:
    """Lets a terminated command remove its temporary files, which may be unencrypted."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
