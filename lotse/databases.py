"""The one database under its two aliases, for settings.py and for tests that use another one.

"default" is for views and jobs. "live" is for the few threads of the live routes, which keep
connections of their own: core/database.py says which thread uses which.
"""

from typing import Any

import dj_database_url


def aliases(address: str) -> dict[str, dict[str, Any]]:
    """Django's DATABASES for an address such as LOTSE_DATABASE."""
    # Under ASGI Django gives each request a thread of its own: a connection that the thread kept
    # would never be used again, and soon the database would take no more.
    default: dict[str, Any] = dict(dj_database_url.parse(address, conn_max_age=0))
    given = default.get("OPTIONS", {})
    if "sqlite3" in default["ENGINE"]:
        views, live = _sqlite()
    else:
        views, live = _postgres(given)
        # Asks before it gives one: a restart of PostgreSQL costs views time, not errors.
        default["CONN_HEALTH_CHECKS"] = True
    # The live threads end no requests of Django's, so they keep their connections without this.
    never_closed = {"CONN_MAX_AGE": None, "CONN_HEALTH_CHECKS": False}
    return {
        "default": default | {"OPTIONS": views},
        "live": default | never_closed | {"OPTIONS": live, "TEST": {"MIRROR": "default"}},
    }


def _sqlite() -> tuple[dict[str, Any], dict[str, Any]]:
    views = {
        # A deferred transaction that turns to writing late fails at once instead of waiting.
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; "
        # A checkpoint syncs the whole file: rather after 128 MiB than after four.
        "PRAGMA wal_autocheckpoint=32768; "
        # What is deleted is overwritten; Debian's SQLite does so unasked, others do not.
        "PRAGMA secure_delete=ON;",
    }
    # Each commit would otherwise make files for what its statements may have to take back.
    live = views | {"init_command": f"{views['init_command']}PRAGMA temp_store=MEMORY;"}
    return views, live


def _postgres(given: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    # A host that hangs or vanishes would hold what it has locked for hours. Joined, as an address
    # may bring options of its own; a later one wins.
    locks = "-c lock_timeout=5s -c idle_in_transaction_session_timeout=30s"
    shared = {
        # Who asks a PostgreSQL that has vanished would wait as long for an answer.
        "connect_timeout": 5,
        "keepalives_idle": 20,
        "keepalives_interval": 5,
        "keepalives_count": 3,
        "tcp_user_timeout": 15_000,
        **given,
        "options": f"{locks} {given.get('options', '')}",
    }
    # Whoever holds a lock for longer holds up one post, not all that wait with it. Where there is
    # no connection the live threads fail at once: waiting for one from the pool, a few threads
    # would let all that is live wait.
    live = shared | {"options": f"{shared['options']} -c lock_timeout=1s"}
    # Five processes, and a sixth while they are replaced, with five connections each for live
    # threads, leave a few of PostgreSQL's usual hundred to commands and backups.
    pool = {
        "min_size": 1,
        "max_size": 10,
        # Who waits longer, in seconds, or where more wait, is told to come again.
        "timeout": 5,
        "max_waiting": 100,
        # While PostgreSQL is away it would otherwise be tried ever more rarely, in the end
        # minutes apart.
        "reconnect_timeout": 5,
    }
    return {"pool": pool, **shared}, live
