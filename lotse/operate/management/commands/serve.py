"""`lotse serve`: the production start."""

from socket import socket

import uvicorn
from django.core.management.base import CommandError, CommandParser

from lotse import env
from lotse.core.command import QuickCommand
from lotse.operate.readiness import obstacles
from lotse.stream.wake import current


class Command(QuickCommand):
    help = "Serve Lotse. Refuses to start where that would be unsafe, and says why."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8000)

    def handle(self, *, host: str, port: int, **options: object) -> None:
        if found := obstacles():
            raise CommandError("Lotse does not start:\n" + "\n".join(f"- {one}" for one in found))
        serve(host, port)


def serve(host: str, port: int) -> None:
    """Blocks until the process is told to end. No access log: addresses are personal data."""
    config = uvicorn.Config(
        "lotse.asgi:application",
        host=host,
        port=port,
        access_log=False,
        log_config=None,
        lifespan="off",
        server_header=False,
        proxy_headers=env.PROXIES > 0,
        timeout_graceful_shutdown=3,
    )
    server = Server(config)
    server.run()
    if not server.started:
        raise CommandError("Lotse did not start; the lines above say why.")


class Server(uvicorn.Server):
    async def shutdown(self, sockets: list[socket] | None = None) -> None:
        # An event stream ends by itself only when its browser goes.
        current().end_all()
        await super().shutdown(sockets)
