"""The checks of `lotse doctor` in a running installation, with what to do about each fault."""

import shutil
import stat
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta
from email.message import Message
from time import time

from django.conf import settings
from django.db import DatabaseError, connection
from redis import Redis, RedisError

from lotse import env
from lotse.jobs import queries
from lotse.operate import archive
from lotse.operate.readiness import files, obstacles

MIN_FREE_BYTES = 1024**3
"""Doctor warns below this many bytes beyond the reserve for messages."""
MAX_BACKUP_SECONDS = 24 * 3600
"""Seconds. No backup takes longer."""
MAX_JOB_DELAY = timedelta(minutes=5)
"""With enough workers, no job waits longer."""
REQUEST_TIMEOUT = 10


def findings() -> Iterator[tuple[str, list[str]]]:
    """The name of each part, and its faults in sentences that say what to do."""
    yield "settings", obstacles()
    yield "data folder", list(_folder())
    yield "disk", list(_disk())
    yield "database", list(_database())
    yield "files", list(files())
    yield "jobs", list(_jobs())
    yield "Redis", list(_redis())
    yield "site", list(_site())


def _folder() -> Iterator[str]:
    mode = stat.S_IMODE(env.DATA.stat().st_mode)
    if mode & 0o077:
        yield f"Other users of this machine can open {env.DATA.name}/: `chmod 700` it."
    for folder in env.DATA.glob(f"{archive.WORKING}*"):
        with suppress(FileNotFoundError):  # a backup has just deleted it
            if time() - folder.stat().st_mtime > MAX_BACKUP_SECONDS:
                yield f"A backup or restore was killed and left {folder.name}/: delete it."


def _disk() -> Iterator[str]:
    free = shutil.disk_usage(env.DATA).free
    reserve = env.DISK_RESERVE * 2**20
    if free < reserve:
        yield (
            f"{free // 2**20} MiB are free: files are refused, because the last "
            f"{env.DISK_RESERVE} MiB are for messages (LOTSE_DISK_RESERVE). "
            "Free some space, or use a larger disk."
        )
    elif free < reserve + MIN_FREE_BYTES:
        yield f"{free // 2**20} MiB are free: files will be refused below {env.DISK_RESERVE} MiB."


def _database() -> Iterator[str]:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        if connection.vendor == "sqlite":
            yield from _sqlite()
    except DatabaseError as error:
        yield f"It does not answer: {error}".strip()


def _sqlite() -> Iterator[str]:
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA quick_check")
        (told,) = cursor.fetchone()
    if told != "ok":
        yield f"The file is damaged ({told}): stop the server and restore the last backup."


def _jobs() -> Iterator[str]:
    try:
        for name, error, count in queries.failures():
            yield f"{count} × {name} failed ({error}): see the log, then `lotse jobs --retry`."
        _, wait = queries.waiting()
        if wait > MAX_JOB_DELAY or not queries.has_begun():
            minutes = wait // timedelta(minutes=1)
            yield (
                f"Nobody runs the jobs, or there are too few workers (one job has waited {minutes} "
                "minutes): `lotse serve` runs jobs unless LOTSE_JOBS is off, `lotse worker` always."
            )
    except DatabaseError:
        pass  # _database() reports this


def _redis() -> Iterator[str]:
    if not settings.REDIS:
        return
    try:
        Redis.from_url(settings.REDIS, socket_connect_timeout=REQUEST_TIMEOUT).ping()
    except (RedisError, ValueError) as error:
        yield (
            f"LOTSE_REDIS does not answer ({error}): notifications arrive seconds late, and "
            "each process counts sign-in attempts alone."
        )


def _site() -> Iterator[str]:
    try:
        headers = _asked("/readyz")
    except urllib.error.HTTPError as error:
        yield f"{env.ORIGIN} answers {error.code}: look at its log."
        return
    except OSError as error:
        yield f"{env.ORIGIN} cannot be reached from here ({error}): is the server running?"
        return
    if "default-src 'none'" not in headers.get("Content-Security-Policy", ""):
        yield "The proxy changes our security headers: it must pass them on unchanged."
    yield from _proxy()


def _proxy() -> Iterator[str]:
    """Only pages depend on the Host header and on X-Forwarded-Proto."""
    try:
        headers = _asked("/")
    except OSError as error:
        yield f"The start page does not load ({error}): the proxy must pass on the Host header."
        return
    if env.ORIGIN.startswith("https://") and "Strict-Transport-Security" not in headers:
        yield "The proxy hides that browsers use https: it must set X-Forwarded-Proto."


def _asked(path: str) -> Message:
    with urllib.request.urlopen(f"{env.ORIGIN}{path}", timeout=REQUEST_TIMEOUT) as answer:  # noqa: S310
        headers: Message = answer.headers
        return headers
