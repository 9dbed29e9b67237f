"""The two aliases of the one database, for settings.py and for tests with another database.

"default" is for views and jobs. "live" is for the few threads of the live routes, which keep their
own connections. core/database.py decides which thread uses which alias.
"""

from typing import Any

import dj_database_url


def aliases(address: str) -> dict[str, dict[str, Any]]:
    """Django's DATABASES for an address such as LOTSE_DATABASE."""
    # Django's pool needs an age of 0. Without a pool, a thread that kept its connection and was
    # never used again would occupy it, until the database accepts no more.
    default: dict[str, Any] = dict(dj_database_url.parse(address, conn_max_age=0))
    given = default.get("OPTIONS", {})
    if "sqlite3" in default["ENGINE"]:
        views, live = _sqlite()
    else:
        views, live = _postgres(given)
        # The pool tests connections first, so a restart of PostgreSQL delays views without errors.
        default["CONN_HEALTH_CHECKS"] = True
    # Live threads keep their connections, as no Django request ends in them.
    never_closed = {"CONN_MAX_AGE": None, "CONN_HEALTH_CHECKS": False}
    return {
        "default": default | {"OPTIONS": views},
        "live": default | never_closed | {"OPTIONS": live, "TEST": {"MIRROR": "default"}},
    }


def _sqlite() -> tuple[dict[str, Any], dict[str, Any]]:
    views = {
        # A deferred transaction that first reads and then writes fails instead of waiting.
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; "
        # A checkpoint syncs the whole file, so after 128 MiB instead of SQLite's four.
        "PRAGMA wal_autocheckpoint=32768; "
        # Overwrites deleted data, which only Debian's SQLite does by default.
        "PRAGMA secure_delete=ON;",
    }
    # Otherwise each commit creates temporary files, by which its statements could be undone.
    live = views | {"init_command": f"{views['init_command']}PRAGMA temp_store=MEMORY;"}
    return views, live


def _postgres(given: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    # Otherwise a host that hangs or vanishes would keep its locks for hours. The address may have
    # options, too, and the last one wins.
    locks = "-c lock_timeout=5s -c idle_in_transaction_session_timeout=30s"
    shared = {
        # Bounds how long a thread waits for a PostgreSQL that has vanished.
        "connect_timeout": 5,
        "keepalives_idle": 20,
        "keepalives_interval": 5,
        "keepalives_count": 3,
        "tcp_user_timeout": 15_000,
        **given,
        "options": f"{locks} {given.get('options', '')}",
    }
    # A row that stays locked for longer delays one post, not all posts of the same commit. There is
    # no pool, so live threads fail at once if they cannot connect. Waiting for the pool, a few
    # threads would delay every live request.
    live = shared | {"options": f"{shared['options']} -c lock_timeout=1s"}
    # Each process also has five connections for live threads. Five processes, and a sixth while
    # they are replaced, leave a few of PostgreSQL's usual hundred for commands and backups.
    pool = {
        "min_size": 1,
        "max_size": 10,
        # Seconds, and requests. Beyond these, the answer is to try again later.
        "timeout": 5,
        "max_waiting": 100,
        # Seconds. Otherwise the pool tries ever more rarely while PostgreSQL is away, in the end
        # minutes apart.
        "reconnect_timeout": 5,
    }
    return {"pool": pool, **shared}, live
