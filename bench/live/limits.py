"""What the machine would give at most: bare commits of the same rows, a server that says "ok"."""

import os
import sqlite3
import sys
import time
from pathlib import Path
from uuid import uuid4

import uvicorn

ROWS = 32


def commits(path: Path, seconds: float) -> float:
    """Messages a second where a message is its row, two events and three numbers, 32 a commit."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("PRAGMA wal_autocheckpoint=16384")
    connection.executescript(SCHEMA)
    people = [uuid4().hex for _ in range(2 * ROWS)]
    talks = [uuid4().hex for _ in range(ROWS)]
    for table, ids in (("mailbox", people), ("talk", talks)):
        connection.executemany(f"INSERT INTO {table} VALUES (?, 0)", [(one,) for one in ids])  # noqa: S608
    body, payload, number = os.urandom(805), "x" * 200, 0
    began = time.perf_counter()
    while time.perf_counter() - began < seconds:
        number += 1
        connection.execute("BEGIN IMMEDIATE")
        connection.executemany(
            "INSERT INTO message VALUES (?, ?, ?, ?)",
            [(uuid4().hex, talk, number, body) for talk in talks],
        )
        connection.executemany(
            "INSERT INTO event VALUES (?, ?, ?)", [(one, number, payload) for one in people]
        )
        connection.executemany(
            "UPDATE talk SET last = ? WHERE id = ?", [(number, t) for t in talks]
        )
        connection.executemany(
            "UPDATE mailbox SET last = ? WHERE id = ?", [(number, one) for one in people]
        )
        connection.execute("COMMIT")
    return round(number * ROWS / (time.perf_counter() - began), 1)


SCHEMA = """
CREATE TABLE message (id char(32) PRIMARY KEY, talk char(32), number int, body blob,
                      UNIQUE (talk, number));
CREATE TABLE event (mailbox char(32), number int, payload text, PRIMARY KEY (mailbox, number));
CREATE TABLE mailbox (id char(32) PRIMARY KEY, last int);
CREATE TABLE talk (id char(32) PRIMARY KEY, last int);
"""


async def ok(scope, receive, send):  # type: ignore[no-untyped-def]
    """Reads a post and answers."""
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
