"""What `lotse doctor` looks at in a running installation, and what to do about what it finds."""

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
"""Bytes beside the reserve for messages below which it is time to act."""
MAX_BACKUP_SECONDS = 24 * 3600
"""Seconds that no backup takes."""
MAX_JOB_DELAY = timedelta(minutes=5)
"""Longer than any job has to wait for its worker."""
REQUEST_TIMEOUT = 10


def findings() -> Iterator[tuple[str, list[str]]]:
    """Each part by name, and what is wrong with it in words that say what to do."""
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
        yield f"Others on this machine may look into {env.DATA.name}/: `chmod 700` it."
    for folder in env.DATA.glob(f"{archive.WORKING}*"):
        with suppress(FileNotFoundError):  # a backup has just ended
            if time() - folder.stat().st_mtime > MAX_BACKUP_SECONDS:
                yield f"A backup or restore was killed and left {folder.name}/: delete it."


def _disk() -> Iterator[str]:
    free = shutil.disk_usage(env.DATA).free
    reserve = env.DISK_RESERVE * 2**20
    if free < reserve:
        yield (
            f"{free // 2**20} MiB are free: files are refused, as the last {env.DISK_RESERVE} MiB "
            "are for messages (LOTSE_DISK_RESERVE). Free space, or take a larger disk."
        )
    elif free < reserve + MIN_FREE_BYTES:
        yield f"{free // 2**20} MiB are free: below {env.DISK_RESERVE} MiB files will be refused."


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
                f"Nobody runs the jobs, or too few do (the oldest waits for {minutes} minutes): "
                "`lotse serve` does unless LOTSE_JOBS is off, `lotse worker` always."
            )
    except DatabaseError:
        pass  # said above


def _redis() -> Iterator[str]:
    if not settings.REDIS:
        return
    try:
        Redis.from_url(settings.REDIS, socket_connect_timeout=REQUEST_TIMEOUT).ping()
    except (RedisError, ValueError) as error:
        yield (
            f"LOTSE_REDIS does not answer ({error}): notifications come seconds late, and each "
            "process counts sign-in attempts by itself."
        )


def _site() -> Iterator[str]:
    try:
        headers = _asked("/readyz")
    except urllib.error.HTTPError as error:
        yield f"{env.ORIGIN} answers {error.code}: look into its log."
        return
    except OSError as error:
        yield f"{env.ORIGIN} is not reached from here ({error}): is the server running?"
        return
    if "default-src 'none'" not in headers.get("Content-Security-Policy", ""):
        yield "The proxy changes our security headers: let it pass them on as they are."
    yield from _proxy()


def _proxy() -> Iterator[str]:
    """What only pages show, which go by the address that the browser asked for."""
    try:
        headers = _asked("/")
    except OSError as error:
        yield f"The start page does not come ({error}): let the proxy pass on the Host header."
        return
    if env.ORIGIN.startswith("https://") and "Strict-Transport-Security" not in headers:
        yield "The proxy does not say that pages come by https: let it set X-Forwarded-Proto."


def _asked(path: str) -> Message:
    with urllib.request.urlopen(f"{env.ORIGIN}{path}", timeout=REQUEST_TIMEOUT) as answer:  # noqa: S310
        headers: Message = answer.headers
        return headers
