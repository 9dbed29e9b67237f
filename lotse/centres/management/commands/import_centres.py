"""`lotse import-centres`: imports centres from a CSV file."""

from pathlib import Path

from django.core.management.base import CommandError, CommandParser

from lotse.centres.importing import Refused, import_file
from lotse.core.command import QuickCommand

_SHOWN = 50


class Command(QuickCommand):
    help = "Make and update centres from a CSV file (docs/operate.md); all of it or nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE.csv")
        parser.add_argument("--dry-run", action="store_true", help="only check the file")

    def handle(self, *, file: Path, dry_run: bool, **options: object) -> None:
        try:
            summary = import_file(file, dry_run)
        except OSError as error:
            raise CommandError(f"{file}: {error.strerror}") from error
        except Refused as refused:
            shown = [str(trouble) for trouble in refused.troubles[:_SHOWN]]
            more = len(refused.troubles) - len(shown)
            rest = [f"… and {more} more."] if more else []
            raise CommandError("\n".join(["Nothing was imported.", *shown, *rest])) from refused
        for heading in summary.ignored:
            self.stderr.write(f"Column left out: {heading}")
        done = "Would make" if dry_run else "Made"
        self.stdout.write(f"{done} {summary.made} and update {summary.updated} centres.")
