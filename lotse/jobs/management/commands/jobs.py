"""`lotse jobs`: lists failed jobs, retries or deletes them."""

from django.core.management.base import CommandParser
from django.utils import timezone

from lotse.core.command import QuickCommand
from lotse.jobs import queries


class Command(QuickCommand):
    help = "Say which jobs have failed for good."

    def add_arguments(self, parser: CommandParser) -> None:
        what = parser.add_mutually_exclusive_group()
        what.add_argument("--retry", action="store_true", help="try them again, now")
        what.add_argument("--forget", action="store_true", help="delete those that do not recur")

    def handle(self, *, retry: bool, forget: bool, **options: object) -> None:
        for name, error, count in queries.failures():
            self.stdout.write(f"{count} × {name}: {error}")
        if retry:
            # Leave out recurring jobs that are running now: they would run twice at the same time.
            queries.failed().filter(attempts=0).update(due_at=timezone.now(), failed_at=None)
        elif forget:
            count, _ = queries.failed().filter(due_at=None).delete()
            self.stdout.write(f"{count} forgotten; what recurs is tried again at its next time.")
