from datetime import timedelta

from django.utils import timezone

from lotse.conversations.actions.files import prune
from lotse.core.command import QuickCommand

AGE = timedelta(days=1)


class Command(QuickCommand):
    help = "Delete files whose message never came within a day, and what an upload left behind."

    def handle(self, **options: object) -> None:
        self.stdout.write(f"{prune(timezone.now() - AGE)} files deleted")
