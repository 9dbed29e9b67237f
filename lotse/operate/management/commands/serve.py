"""`lotse serve`: starts the server in production."""

from django.core.management.base import CommandParser

from lotse.core.command import QuickCommand
from lotse.operate import version
from lotse.operate.readiness import files, insist_on_none, obstacles
from lotse.operate.server import serve


class Command(QuickCommand):
    help = "Serve Lotse. Refuses to start if that would be unsafe, and says why."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--workers", type=int, default=1, help="processes; more need Redis")

    def handle(self, *, host: str, port: int, workers: int, **options: object) -> None:
        insist_on_none([*obstacles(workers), *files(to_serve=True)])
        version.remember()
        serve(host, port, workers)
