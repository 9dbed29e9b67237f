"""`lotse backup FILE`: writes an encrypted backup of everything while the server goes on."""

from pathlib import Path

from django.core.management.base import CommandError, CommandParser

from lotse import env
from lotse.core.command import QuickCommand, clean_up_when_told_to_end
from lotse.operate.archive import FAILURES, backup


class Command(QuickCommand):
    help = "Write database and sealed files into one file that only the age identity opens."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--recipient", default=env.BACKUP_RECIPIENT, help="age1…")

    def handle(self, *, file: Path, recipient: str, **options: object) -> None:
        if not recipient:
            raise CommandError(
                "Name a recipient: --recipient or LOTSE_BACKUP_RECIPIENT (`age-keygen` makes one)."
            )
        clean_up_when_told_to_end()
        try:
            size = backup(file, recipient)
        except FAILURES as error:
            raise CommandError(f"No backup was made. {error}") from error
        self.stdout.write(f"{file}: {size / 2**20:.1f} MiB")
