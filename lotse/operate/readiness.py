"""Checks before a start in production. Each message says what to do."""

import logging
from collections.abc import Iterator
from urllib.parse import urlsplit

import uvicorn
from django.conf import settings
from django.core.management.base import CommandError
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from redis import Redis

from lotse import env
from lotse.centres.models import Organisation
from lotse.conversations.blobs import owner
from lotse.conversations.blobs.store import Away, Store, store
from lotse.core import assets, fast_path
from lotse.core.identifiers import new_id
from lotse.core.pepper import WrongPepper, is_usable
from lotse.keys import pepper
from lotse.keys.models import AccountKeys
from lotse.operate import version

SECRETS = "is lotse.env loaded? For a new installation `lotse secrets` makes it."

RESTORING = env.DATA / "restore-unfinished"
"""This file exists while the database may still have sessions that a restore has to end."""

log = logging.getLogger(__name__)


def obstacles(workers: int = 1) -> list[str]:
    """Messages; empty if the installation can serve clients with this many processes."""
    return [
        *_settings(),
        *_address(),
        *_quick_exit(),
        *_browser_files(),
        *_fast_path(),
        *_processes(workers),
        *_database(),
    ]


def insist_on_none(found: list[str]) -> None:
    """Raises CommandError with all messages, if any."""
    if found:
        raise CommandError("Lotse does not start:\n" + "\n".join(f"- {one}" for one in found))


def files(*, to_serve: bool = False) -> Iterator[str]:
    """Reasons why files cannot be stored, read or deleted.

    A store on another machine may start later than this server, and messages work without it.
    """
    try:
        used = store()
        used.check()
        if used.shared:
            _try(used)
        if used.shared or to_serve:
            # Only the server claims a folder: if root runs `lotse doctor`, root would own the file.
            owner.claim()
    except Away as error:
        if to_serve:
            log.warning("%s Until then, files wait.", error)
        else:
            yield str(error)
    except OSError as error:
        yield str(error)
    except DatabaseError:
        pass  # _database() reports this


def _try(used: Store) -> None:
    """Tries all operations, because a store does not say what a key is allowed to do."""
    probe = new_id()
    sink = used.create(probe, 0)
    sink.write(b"probe")
    sink.keep()
    used.open(probe, 0).close()
    used.delete(probe)


def _settings() -> Iterator[str]:
    if len(env.SECRET) < 40:
        yield f"LOTSE_SECRET is missing or shorter than 40 characters: {SECRETS}"
    if not is_usable(env.PEPPER):
        yield f"LOTSE_PEPPER is missing or not 32 bytes of base64url: {SECRETS}"
    if settings.DEBUG:
        yield "LOTSE_DEBUG is on: pages would show internals. Remove it."
    if env.LOCK_MINUTES < 1:
        yield f"LOTSE_LOCK_MINUTES is {env.LOCK_MINUTES}: use 30, and at least 1."
    if env.LOG not in {"text", "json"}:
        yield f"LOTSE_LOG is {env.LOG}: `text` or `json` are possible."


def _address() -> Iterator[str]:
    parts = urlsplit(env.ORIGIN)
    if parts.scheme != "https" and parts.hostname not in {"localhost", "127.0.0.1"}:
        yield f"LOTSE_ORIGIN is {env.ORIGIN}: browsers encrypt only on pages that come by https."
    if parts.scheme == "https" and not env.PROXIES:
        # Otherwise everybody would share one limit for attempts, and links would begin with http.
        yield "LOTSE_ORIGIN is https, so there is a proxy: LOTSE_PROXIES says how many (often 1)."


def _quick_exit() -> Iterator[str]:
    parts = urlsplit(env.QUICK_EXIT)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        yield f"LOTSE_QUICK_EXIT is {env.QUICK_EXIT}: use a full address like https://www.dwd.de/."


def _browser_files() -> Iterator[str]:
    try:
        assets.address("main.js")
    except (RuntimeError, KeyError):
        yield "The browser files are not built: run `make assets`."


def _fast_path() -> Iterator[str]:
    if env.FAST_PATH and not fast_path.is_known():
        yield (
            f"uvicorn {uvicorn.__version__} is installed, but Lotse extends {fast_path.UVICORN}: "
            "install that version, or set LOTSE_FAST_PATH=no, which makes posting slower."
        )


def _processes(workers: int) -> Iterator[str]:
    if workers > 1 and not env.REDIS:
        yield "--workers needs LOTSE_REDIS, which carries notifications between processes."
    if env.REDIS:
        try:
            Redis.from_url(env.REDIS)
        except ValueError:
            yield "LOTSE_REDIS is not an address like redis://localhost:6379/0."


def _database() -> Iterator[str]:
    try:
        yield from _contents()
    except DatabaseError as error:
        yield f"The database does not answer (LOTSE_DATABASE): {error}".strip()


def _contents() -> Iterator[str]:
    executor = MigrationExecutor(connection)
    if found := version.newer(version.applied(executor.loader), version.last()):
        yield f"The database is newer than this program. {found}"
    elif RESTORING.exists():
        yield "A restore is unfinished: empty the database and start the restore again."
    elif executor.migration_plan(executor.loader.graph.leaf_nodes()):
        yield "The database is not up to date: run `lotse migrate`."
    elif not env.DEMO and Organisation.objects.filter(is_demo=True).exists():
        yield "The database holds demo data: use another one (LOTSE_DATA or LOTSE_DATABASE)."
    elif is_usable(env.PEPPER) and not _is_pepper_right():
        yield (
            "LOTSE_PEPPER is not the one that this database was sealed with: nobody could sign in, "
            "and new accounts would stop working later. Put the right pepper back."
        )


def _is_pepper_right() -> bool:
    keys = AccountKeys.objects.only("person_id", "wrapped_by_password").first()
    try:
        return keys is None or bool(pepper.unseal(keys.person_id, keys.wrapped_by_password))
    except WrongPepper:
        return False
