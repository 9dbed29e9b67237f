from datetime import timedelta

from django.core.management.base import CommandParser
from django.utils import timezone

from lotse.core.command import QuickCommand
from lotse.stream.actions import prune

DAYS = 30


class Command(QuickCommand):
    help = "Remove old events. A browser that comes back after longer loads its state anew."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--days", type=int, default=DAYS, help=f"keep so many ({DAYS})")

    def handle(self, *, days: int, **options: object) -> None:
        self.stdout.write(f"{prune(timezone.now() - timedelta(days=days))} events removed")
