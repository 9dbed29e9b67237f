"""The server: uvicorn with one process or several, and what each does as it begins and ends."""

import asyncio
import ctypes
import gc
import logging
import os
import resource
import signal
import socket
import sys
from tempfile import TemporaryDirectory
from types import FrameType

import uvicorn
from prometheus_client.multiprocess import mark_process_dead
from uvicorn.supervisors import Multiprocess

from lotse import env
from lotse.core import metrics
from lotse.core.asgi_helpers import Receive, Scope, Send
from lotse.core.bounded_protocol import OTHER_DESCRIPTORS, max_connections
from lotse.jobs.worker import Worker
from lotse.stream.broker import current

PROTOCOL = "lotse.asgi:Protocol"
SLOW_PROTOCOL = "lotse.core.bounded_protocol:BoundedProtocol"
GC_THRESHOLDS = (50_000, 20, 50)
MALLOC_OPTIONS = {-1: 64 * 2**20, -2: 2**20, -8: 2}
"""M_TRIM_THRESHOLD and M_TOP_PAD (malloc.h) in bytes, and M_ARENA_MAX: each arena keeps what it
once needed, and a thread would take one of its own."""
SWITCH_INTERVAL = 0.001
"""Seconds for which a view may keep the interpreter while the event loop waits for it (usually
0.005): a message needs it several times on its way."""
UNREAD_TIMEOUT_MS = 60_000
"""Milliseconds for which a browser may leave unread what was sent; heartbeats come every 20 s."""

log = logging.getLogger(__name__)


def serve(host: str, port: int, workers: int = 1) -> None:
    """Blocks until the process is told to end. No access log: addresses are personal data."""
    config = uvicorn.Config(
        "lotse.asgi:application",
        http=PROTOCOL if env.FAST_PATH else SLOW_PROTOCOL,
        host=host,
        port=port,
        access_log=False,
        log_config=None,
        lifespan="on",
        server_header=False,
        proxy_headers=env.PROXIES > 0,
        timeout_graceful_shutdown=3,
        # A new process is given this long to be ready before the old one stays instead.
        timeout_worker_healthcheck=60,
        workers=workers,
    )
    _allow_descriptors(env.MAX_CONNECTIONS + OTHER_DESCRIPTORS)
    listening = config.bind_socket()
    # Connections inherit it: whoever reads too slowly, or is long gone, is cut off by the system
    # and comes back with the number of the last event that it has.
    listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, UNREAD_TIMEOUT_MS)
    if workers > 1:
        with TemporaryDirectory(prefix="lotse-metrics-") as folder:
            os.environ[metrics.FOLDER] = folder
            Workers(config, [listening]).run()
    else:
        uvicorn.Server(config).run([listening])


def _allow_descriptors(wanted: int) -> None:
    """As many as the system lets us have."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    most = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
    if soft != resource.RLIM_INFINITY and soft < most:
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))
    if most < wanted:
        log.warning("at most %s connections: raise LimitNOFILE in the unit", max_connections())


class Workers(Multiprocess):
    """SIGHUP replaces one after the other; meanwhile the others take what comes."""

    _counted: frozenset[int | None] = frozenset()

    def keep_subprocess_alive(self) -> None:
        """Twice a second."""
        for one in self.processes:
            # Or whoever is killed while it is asked whether it lives counts as slow, for a minute.
            one.child_conn.close()
        super().keep_subprocess_alive()
        living = frozenset(one.pid for one in self.processes)
        for gone in self._counted - living:
            # Its streams have ended; what it counted stays counted.
            mark_process_dead(gone)  # type: ignore[no-untyped-call]
        self._counted = living


async def life(scope: Scope, receive: Receive, send: Send) -> None:
    """The process's own (ASGI lifespan)."""
    await receive()
    _keep_freed_memory()
    _end_streams_on_signal()
    worker = Worker() if env.JOBS else None
    # What the start has made stays: no collection walks through it while a message waits, nor
    # often through thousands of open streams. Reference counts free nearly everything.
    gc.collect()
    gc.freeze()
    gc.set_threshold(*GC_THRESHOLDS)
    sys.setswitchinterval(SWITCH_INTERVAL)
    if worker:
        worker.start()
    await send({"type": "lifespan.startup.complete"})
    await receive()
    if worker:
        await asyncio.to_thread(worker.end)
    # The signal ends the process afterwards without what `atexit` holds.
    await asyncio.to_thread(current().finish)
    await send({"type": "lifespan.shutdown.complete"})


def _keep_freed_memory() -> None:
    """Or the GNU C library gives what a commit needs back to the system, to ask for it anew."""
    library = ctypes.CDLL(None)
    if hasattr(library, "mallopt"):
        for parameter, size in MALLOC_OPTIONS.items():
            library.mallopt(parameter, size)


def _end_streams_on_signal() -> None:
    """An event stream ends by itself only when its browser goes, and the server waits for it."""
    loop, stop = asyncio.get_running_loop(), signal.getsignal(signal.SIGTERM)

    def end(number: int, frame: FrameType | None) -> None:
        # Not here: what the signal interrupts may hold the lock that this needs.
        loop.call_soon_threadsafe(current().close_all)
        if callable(stop):
            stop(number, frame)

    for one in (signal.SIGTERM, signal.SIGINT):
        signal.signal(one, end)
