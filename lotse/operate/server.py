"""Runs uvicorn with one or several processes, and prepares and ends each process."""

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
"""M_TRIM_THRESHOLD and M_TOP_PAD (malloc.h) in bytes, and M_ARENA_MAX, as otherwise each thread
would have its own arena, and every arena keeps the memory that it once needed."""
SWITCH_INTERVAL = 0.001
"""Seconds that a view may keep the interpreter while the event loop waits for it. Python's 0.005
is too long, because each message has to wait several times."""
UNREAD_TIMEOUT_MS = 60_000
"""Milliseconds that a browser may leave data unread. A heartbeat is sent every 20 seconds."""

log = logging.getLogger(__name__)


def serve(host: str, port: int, workers: int = 1) -> None:
    """Blocks until a signal ends the process. No access log: addresses are personal data."""
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
        # Seconds that a new process has to become ready. Otherwise the old one stays.
        timeout_worker_healthcheck=60,
        workers=workers,
    )
    _allow_descriptors(env.MAX_CONNECTIONS + OTHER_DESCRIPTORS)
    listening = config.bind_socket()
    # Connections inherit the option. The system closes those of browsers that are gone or read too
    # slowly. A browser reconnects with the number of the last event that it has.
    listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, UNREAD_TIMEOUT_MS)
    if workers > 1:
        with TemporaryDirectory(prefix="lotse-metrics-") as folder:
            os.environ[metrics.FOLDER] = folder
            Workers(config, [listening]).run()
    else:
        uvicorn.Server(config).run([listening])


def _allow_descriptors(wanted: int) -> None:
    """Raises the limit of open descriptors as far as the system allows."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    most = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
    if soft != resource.RLIM_INFINITY and soft < most:
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))
    if most < wanted:
        log.warning("at most %s connections: raise LimitNOFILE in the unit", max_connections())


class Workers(Multiprocess):
    """SIGHUP replaces one process after the other, and meanwhile the others serve requests."""

    _counted: frozenset[int | None] = frozenset()

    def keep_subprocess_alive(self) -> None:
        """uvicorn calls this twice a second."""
        for one in self.processes:
            # Otherwise a process that dies in its health check counts as slow for a minute.
            one.child_conn.close()
        super().keep_subprocess_alive()
        living = frozenset(one.pid for one in self.processes)
        for gone in self._counted - living:
            # This removes gauges, such as open streams. What the process counted stays counted.
            mark_process_dead(gone)  # type: ignore[no-untyped-call]
        self._counted = living


async def life(scope: Scope, receive: Receive, send: Send) -> None:
    """Handles the start and end of a process (ASGI lifespan)."""
    await receive()
    _keep_freed_memory()
    _end_streams_on_signal()
    worker = Worker() if env.JOBS else None
    # A garbage collection makes messages wait. It therefore never visits objects from the start,
    # and rarely the thousands of open streams. Reference counts free nearly everything.
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
    # After this, the signal ends the process without running `atexit` functions.
    await asyncio.to_thread(current().finish)
    await send({"type": "lifespan.shutdown.complete"})


def _keep_freed_memory() -> None:
    """Otherwise the GNU C library returns memory to the system that the next commit needs again."""
    library = ctypes.CDLL(None)
    if hasattr(library, "mallopt"):
        for parameter, size in MALLOC_OPTIONS.items():
            library.mallopt(parameter, size)


def _end_streams_on_signal() -> None:
    """Closes event streams. Otherwise the server would wait until their browsers leave."""
    loop, stop = asyncio.get_running_loop(), signal.getsignal(signal.SIGTERM)

    def end(number: int, frame: FrameType | None) -> None:
        # Later, because the code that the signal interrupts may hold a lock that this needs.
        loop.call_soon_threadsafe(current().close_all)
        if callable(stop):
            stop(number, frame)

    for one in (signal.SIGTERM, signal.SIGINT):
        signal.signal(one, end)
