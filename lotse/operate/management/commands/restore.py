"""`lotse restore FILE`: restores a backup into an empty installation."""

from pathlib import Path

from django.core.management.base import CommandError, CommandParser

from lotse.core.command import QuickCommand, clean_up_when_told_to_end
from lotse.operate.archive import FAILURES, restore


class Command(QuickCommand):
    help = "Restore a backup into an empty installation. Backups do not contain the secrets."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--identity", type=Path, required=True, help="file with the age key")

    def handle(self, *, file: Path, identity: Path, **options: object) -> None:
        clean_up_when_told_to_end()
        try:
            lines = identity.read_text().splitlines()
            restore(file, next((line for line in lines if line.startswith("AGE-")), ""))
        except FAILURES as error:
            raise CommandError(f"Nothing was restored. {error}") from error
        self.stdout.write("Restored. Start the server, then run `lotse doctor`.")
