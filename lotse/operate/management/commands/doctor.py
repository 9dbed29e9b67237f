"""`lotse doctor`: checks a running installation and says what to do."""

from django.core.management.base import CommandError

from lotse.core.command import QuickCommand
from lotse.operate.doctor import findings


class Command(QuickCommand):
    help = "Check a running installation and say what to do. Exits with 1 if there is a fault."

    def handle(self, **options: object) -> None:
        count = 0
        for part, found in findings():
            count += len(found)
            self.stdout.write(f"{'!' if found else 'ok':3}{part}")
            for one in found:
                self.stdout.write(f"   - {one}")
        if count:
            raise CommandError(f"{count} thing(s) to do.")
