"""The server process: uvicorn, told how to begin, how to end and how long to wait for the dead."""

import gc
import socket

import uvicorn
from django.core.management.base import CommandError

from lotse import env
from lotse.stream.wake import current

COLLECT = (50_000, 20, 50)
UNREAD = 60_000
"""Milliseconds for which a browser may leave unread what was sent; heartbeats come every 20 s."""


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
    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        for listening in (one for server in self.servers for one in server.sockets):
            # Connections inherit it: whoever reads too slowly, or is long gone, is cut off by the
            # system and comes back with the number of the last event that it has.
            listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, UNREAD)
        # What the start has made stays: no collection walks through it while a message waits.
        gc.collect()
        gc.freeze()
        # Nor often through thousands of open streams: reference counts free nearly everything.
        gc.set_threshold(*COLLECT)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        # An event stream ends by itself only when its browser goes.
        current().end_all()
        await super().shutdown(sockets)
