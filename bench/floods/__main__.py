"""python -m bench.floods [quick]: times of posts and lists, in turn without and during each flood.

The server has one core; posts and floods share the other. "quick" runs one short round on SQLite,
prints the results and does not save them.
"""

import json
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from bench import report
from bench.live.ours import World, served
from bench.live.run import LOAD, pinned
from tests.support.postgres import Postgres

ROUNDS = 3
PAIRS = 32
RATE = 200
FLOODS = ("", "pages", "sign_ins", "refused_posts")
"""Methods of clients.Asking. The empty one means no flood."""


def main(quick: bool) -> None:
    seconds = 6 if quick else 15
    rows = _rows("SQLite", "", seconds, 1 if quick else ROUNDS)
    if not quick:
        cluster = Postgres().start()
        try:
            rows += _rows("PostgreSQL", cluster.create("floods"), seconds, ROUNDS)
        finally:
            cluster.remove()
        report.save({"floods": rows})
    for row in rows:
        sys.stdout.write(json.dumps(row) + "\n")


def _rows(name: str, database: str, seconds: int, rounds: int) -> list[dict[str, Any]]:
    with served(database, pairs=PAIRS + 1) as world:
        world.load(0, PAIRS, 3, 1, RATE)  # warm up
        found: dict[str, list[dict[str, Any]]] = {kind: [] for kind in FLOODS}
        for _ in range(rounds):
            for kind in FLOODS:
                found[kind].append(_measured(world, kind, seconds))
                time.sleep(2)
    return [
        {"database": name, "flood": kind or "none"} | _middle(each) for kind, each in found.items()
    ]


def _measured(world: World, kind: str, seconds: int) -> dict[str, Any]:
    with _asking(world, kind, seconds + 4) as flood, _peak(world) as memory:
        time.sleep(2 if kind else 0)
        with _asking(world, "lists", seconds) as lists:
            posts = world.load(0, PAIRS, seconds, 1, RATE)
    return {
        "posts p50": posts["p50_ms"],
        "posts p99": posts["p99_ms"],
        "lists p50": lists["p50_ms"],
        "lists p99": lists["p99_ms"],
        "posts failed": posts["failures"],
        "lists failed": sum(n for status, n in lists["statuses"].items() if status != "200"),
        "answers to the flood": flood.get("statuses", {}),
        "flood p99": flood.get("p99_ms", 0),
        "resident MB": memory["peak"],
        "resident after": memory["after"],
    }


@contextmanager
def _asking(world: World, kind: str, seconds: int) -> Iterator[dict[str, Any]]:
    """The results, which are filled in at the end of the block."""
    found: dict[str, Any] = {}
    if not kind:
        yield found
        return
    command = world.command("bench.floods.clients", kind, seconds)
    process = subprocess.Popen(pinned(LOAD, *command), stdout=subprocess.PIPE, text=True)
    yield found
    told, _ = process.communicate(timeout=seconds + 120)
    found |= json.loads(told.splitlines()[-1])


@contextmanager
def _peak(world: World) -> Iterator[dict[str, int]]:
    found = {"peak": 0, "after": 0}
    stop = threading.Event()

    def watch() -> None:
        while not stop.wait(0.2):
            found["peak"] = max(found["peak"], world.server.resident() // 1024)

    thread = threading.Thread(target=watch)
    thread.start()
    yield found
    stop.set()
    thread.join()
    found["after"] = world.server.resident() // 1024


def _middle(rounds: list[dict[str, Any]]) -> dict[str, Any]:
    """Medians of all rounds; the answers by status are those of the last round."""
    last = rounds[-1]
    return {
        name: value
        if isinstance(value, dict)
        else round(statistics.median(one[name] for one in rounds), 1)
        for name, value in last.items()
    }


if __name__ == "__main__":
    main("quick" in sys.argv)
