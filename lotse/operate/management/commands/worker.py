"""`lotse worker`: runs the jobs in a separate process."""

import signal
import threading

from django.core.management.base import CommandParser
from django.db import connection
from prometheus_client import start_http_server

from lotse.core.command import QuickCommand
from lotse.jobs.worker import Worker
from lotse.operate.readiness import files, insist_on_none, obstacles


class Command(QuickCommand):
    help = "Run the jobs: any number of these, on any number of hosts, beside `lotse serve`."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--metrics", type=int, metavar="PORT", help="on this machine only")

    def handle(self, *, metrics: int | None, **options: object) -> None:
        insist_on_none([*obstacles(), *files(to_serve=True)])
        connection.close()
        ending = threading.Event()
        for one in (signal.SIGTERM, signal.SIGINT):
            signal.signal(one, lambda *_: ending.set())
        if metrics:
            start_http_server(metrics, addr="127.0.0.1")
        worker = Worker()
        worker.start()
        ending.wait()
        worker.end()
