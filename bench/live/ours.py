"""Measures our own server under the same load as its peers."""

import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.live.run import LOAD, SERVER, load, pinned, python, running
from tests.support.server import Server

CONNECTED = 8000
RATE = 500


def measure(database: str, seconds: int) -> dict[str, Any]:
    """10, 32 and 200 pairs (200 with a window of four), and 32 pairs who answer each other."""
    with served(database, pairs=274) as world:
        return {
            "32 who answer each other": world.turns(242, 32, seconds),
            "10": world.load(232, 10, seconds, 1),
            "32": world.load(0, 32, seconds, 1),
            "200": world.load(32, 200, seconds, 4),
        }


def measure_connected(seconds: int) -> dict[str, Any]:
    """The memory for idle streams, and the times of messages while they are open."""
    with served("", pairs=32, idle=CONNECTED) as world:
        before = world.server.resident()
        with running(*pinned(LOAD, *world.client("idle", CONNECTED, 600))):
            world.settle(before + CONNECTED)
            each = (world.server.resident() - before) / CONNECTED
            report = world.load(0, 32, seconds, 4, RATE)
    return report | {"connected": CONNECTED, "rate": RATE, "kb_per_client": round(each, 1)}


@dataclass
class World:
    """A running server, and the file with people and sessions for the load clients."""

    server: Server
    file: Path

    def client(self, what: str, *numbers: int) -> list[str]:
        given = [str(number) for number in (self.server.port, *numbers)]
        return python("-m", f"bench.live.{what}", str(self.file), *given)

    def command(self, module: str, what: str, *numbers: int) -> list[str]:
        given = [str(number) for number in (self.server.port, *numbers)]
        return python("-m", module, what, str(self.file), *given)

    def load(self, *numbers: int) -> dict[str, Any]:
        return load(*self.client("load", *numbers))

    def turns(self, *numbers: int) -> dict[str, Any]:
        return load(*self.client("turns", *numbers))

    def settle(self, least: int) -> None:
        """Waits until memory has grown and then stopped growing, when all are connected."""
        last, now = 0, 0
        while now < least or now > last + 256:
            time.sleep(2)
            last, now = now, self.server.resident()


@contextmanager
def served(database: str, pairs: int, idle: int = 0) -> Iterator[World]:
    with tempfile.TemporaryDirectory(prefix="lotse-live-") as folder:
        server = Server(Path(folder), database, LOTSE_MAX_STREAMS_PER_ADDRESS="20000")
        server.before = pinned(SERVER)
        world = World(server, server.data / "world.json")
        server.manage("migrate", "--verbosity", "0")
        server.run("-m", "bench.live.world", str(pairs), str(idle), str(world.file))
        server.start()
        try:
            yield world
        finally:
            server.stop()
