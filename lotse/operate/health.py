"""GET /healthz, /readyz and /metrics: how the process is, for whoever keeps it running."""

import hmac
import json
import logging
import os
import shutil

from django.conf import settings
from django.db import DatabaseError, connection
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from lotse import env
from lotse.core.plain import Receive, Scope, Send, finish, header, in_thread, refuse, start
from lotse.core.problems import Problem

PATHS = {"/healthz", "/readyz", "/metrics"}
ROOM = 4 * 2**20
"""Bytes that a file's chunk and a few hundred messages need."""

log = logging.getLogger(__name__)


async def application(scope: Scope, receive: Receive, send: Send) -> None:
    if scope["method"] not in {"GET", "HEAD"}:
        await refuse(send, Problem("method-not-allowed"))
    elif scope["path"] == "/healthz":
        await _tell(send, 200, {"alive": True})
    elif scope["path"] == "/readyz":
        lacking = await in_thread(_lacking)
        await _tell(send, 503 if lacking else 200, {"ready": not lacking, "lacking": lacking})
    elif _may_measure(header(scope, b"authorization")):
        await start(send, 200, {"Content-Type": CONTENT_TYPE_LATEST, "Cache-Control": "no-store"})
        await finish(send, generate_latest())
    else:
        # How busy a small service is tells something about those who use it.
        await refuse(send, Problem("not-found"))


async def _tell(send: Send, status: int, what: dict[str, object]) -> None:
    await start(send, status, {"Content-Type": "application/json", "Cache-Control": "no-store"})
    await finish(send, json.dumps(what).encode())


def _lacking() -> list[str]:
    """Names of parts that do not work at this moment; the log says why."""
    parts = (("database", _database), ("files", _files), ("disk", _disk))
    return [name for name, works in parts if not works()]


def _database() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        log.exception("not ready: the database is away")
        connection.close()
        return False
    return True


def _files() -> bool:
    if os.access(settings.BLOBS.parent, os.W_OK):
        return True
    log.error("not ready: the data folder cannot be written")
    return False


def _disk() -> bool:
    if shutil.disk_usage(settings.BLOBS.parent).free >= ROOM:
        return True
    log.error("not ready: the disk of the data folder is full")
    return False


def _may_measure(authorization: str | None) -> bool:
    expected = f"Bearer {env.METRICS_KEY}"
    return bool(env.METRICS_KEY) and hmac.compare_digest(authorization or "", expected)
