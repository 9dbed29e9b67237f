"""GET /healthz, /readyz and /metrics: the state of the process, for monitoring."""

import asyncio
import hmac
import json
import logging
import shutil
import time
from functools import lru_cache

from django.db import DatabaseError, connection
from prometheus_client import CONTENT_TYPE_LATEST

from lotse import env
from lotse.conversations.blobs.room import has_room
from lotse.conversations.blobs.store import store
from lotse.core import metrics
from lotse.core.asgi_helpers import (
    Receive,
    Scope,
    Send,
    answer,
    finish,
    header,
    in_store,
    in_thread,
    refuse,
    start,
)
from lotse.core.problems import Problem
from lotse.jobs import queries

PATHS = {"/healthz", "/readyz", "/metrics"}
STORE_CHECK_TTL = 5
"""Seconds. Anybody may ask, and each check of a store on another machine costs a request."""
STORE_TIMEOUT = 3
"""Seconds. A store that hangs must not make monitoring report the whole server as dead."""
MIN_FREE_BYTES = 4 * 2**20
"""Bytes that a file's chunk and a few hundred messages need."""

log = logging.getLogger(__name__)


async def application(scope: Scope, receive: Receive, send: Send) -> None:
    if scope["method"] not in {"GET", "HEAD"}:
        await refuse(send, Problem("method-not-allowed"))
    elif scope["path"] == "/healthz":
        await _tell(send, 200, {"alive": True})
    elif scope["path"] == "/readyz":
        await _tell_lacking(send)
    elif _may_measure(header(scope, b"authorization")):
        await in_thread(_measure)
        await start(send, 200, {"Content-Type": CONTENT_TYPE_LATEST, "Cache-Control": "no-store"})
        await finish(send, metrics.told())
    else:
        # The load of a small service reveals something about the people who use it.
        await refuse(send, Problem("not-found"))


async def _tell_lacking(send: Send) -> None:
    """Names the parts that do not work at this moment; the log says why.

    Without "room", files are refused, but messages still work.
    """
    works = {"database": await in_thread(_database), "files": await _files(), "disk": _disk()}
    works["room"] = not works["disk"] or has_room()
    lacking = [name for name, does in works.items() if not does]
    # Without a shared store, no host has files, but messages work. A proxy must keep this host.
    waits = {"files", "room"} if store().shared else {"room"}
    ready = waits.issuperset(lacking)
    await _tell(send, 200 if ready else 503, {"ready": ready, "lacking": lacking})


async def _tell(send: Send, status: int, what: dict[str, object]) -> None:
    await answer(send, status, json.dumps(what).encode())


def _database() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        log.exception("not ready: the database is away")
        connection.close()
        return False
    return True


async def _files() -> bool:
    try:
        async with asyncio.timeout(STORE_TIMEOUT):
            return await in_store(_store_answers, time.monotonic() // STORE_CHECK_TTL)
    except TimeoutError:
        log.error("not ready: the store of files does not answer in time")
        return False


@lru_cache(maxsize=1)
def _store_answers(_moment: float) -> bool:
    try:
        store().check()
    except OSError as error:
        # As text, because logs.py names only the type of an exception. The text is our own.
        log.error("not ready: %s", str(error))
        return False
    return True


def _measure() -> None:
    """Updates metrics from the database. While it is away, the last values stay."""
    try:
        queries.measure()
    except DatabaseError:
        connection.close()


def _disk() -> bool:
    if shutil.disk_usage(env.DATA).free >= MIN_FREE_BYTES:
        return True
    log.error("not ready: the disk of the data folder is full")
    return False


def _may_measure(authorization: str | None) -> bool:
    expected = f"Bearer {env.METRICS_KEY}"
    return bool(env.METRICS_KEY) and hmac.compare_digest(authorization or "", expected)
