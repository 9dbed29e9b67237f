"""The machine's limits: bare commits of the same rows, and a server that only says "ok"."""

import os
import sqlite3
import sys
import time
from pathlib import Path
from uuid import uuid4

import uvicorn

ROWS = 32
MOMENT = "2026-01-01 12:00:00.000000"


def commits(path: Path, seconds: float) -> float:
    """Messages a second, 32 a commit, if only their rows and the changed numbers are written."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("PRAGMA wal_autocheckpoint=16384")
    connection.executescript(SCHEMA)
    people, talks = range(2 * ROWS), [uuid4().hex for _ in range(ROWS)]
    connection.executemany("INSERT INTO mailbox VALUES (?, 0)", [(one,) for one in people])
    connection.executemany("INSERT INTO talk VALUES (?, 0, 0)", [(one,) for one in talks])
    body, sender, number = os.urandom(805), uuid4().hex, 0
    began = time.perf_counter()
    while time.perf_counter() - began < seconds:
        number += 1
        connection.execute("BEGIN IMMEDIATE")
        connection.executemany(
            "INSERT INTO message VALUES (?, ?, ?, ?, ?, ?, ?)",
            [
                (f"{number:016x}{talk:016x}", talk, number, number, sender, body, MOMENT)
                for talk in range(ROWS)
            ],
        )
        connection.executemany(
            "UPDATE talk SET last = ?, event = ? WHERE id = ?",
            [(number, number, talk) for talk in talks],
        )
        connection.executemany(
            "UPDATE mailbox SET last = ? WHERE id = ?", [(number, one) for one in people]
        )
        connection.execute("COMMIT")
    return round(number * ROWS / (time.perf_counter() - began), 1)


SCHEMA = """
CREATE TABLE message (id char(32) PRIMARY KEY, talk bigint, number int, event bigint,
                      sender char(32), body blob, sent_at datetime, UNIQUE (talk, number));
CREATE TABLE mailbox (id integer PRIMARY KEY, last int);
CREATE TABLE talk (id char(32) PRIMARY KEY, last int, event bigint);
"""


async def ok(scope, receive, send):  # type: ignore[no-untyped-def]
    """An ASGI application that reads a post and answers."""
    while (await receive()).get("more_body"):
        pass
    await send(
        {"type": "http.response.start", "status": 201, "headers": [(b"content-length", b"2")]}
    )
    await send({"type": "http.response.body", "body": b"ok"})


if __name__ == "__main__":
    what, *rest = sys.argv[1:]
    if what == "commits":
        sys.stdout.write(f'{{"per_s": {commits(Path(rest[0]), float(rest[1]))}}}\n')
    else:
        uvicorn.run(ok, port=int(rest[0]), log_level="warning", access_log=False, lifespan="off")
