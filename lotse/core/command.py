"""What Lotse's own commands have in common."""

from django.core.management.base import BaseCommand


class QuickCommand(BaseCommand):
    """Without Django's checks: they load the whole back office, which takes a second each time."""

    requires_system_checks: list[str] = []
