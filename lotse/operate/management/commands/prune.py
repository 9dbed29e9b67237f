"""`lotse prune`: everything that is kept for a time only, once a day."""

from django.core.management import call_command

from lotse.core.command import QuickCommand


class Command(QuickCommand):
    help = "Delete old events, files whose message never came, and sessions that have ended."

    def handle(self, **options: object) -> None:
        for command in ("prune_events", "prune_blobs", "clearsessions"):
            call_command(command)
