"""python -m bench.live.turns FILE PORT FIRST PAIRS SECONDS: pairs of people who answer each other.

Each message changes whose turn it is. The messages of load.py never do, because only A posts.
Prints one JSON line like load.py.
"""

import asyncio
import functools
import json
import sys
from pathlib import Path
from time import perf_counter
from typing import Any

import uvloop

from bench.live.load import Reader, Sender, report


class Side(Sender):
    """Posts as soon as its stream has brought the other's message."""

    other: "Side"

    def go(self) -> None:
        """Does nothing: an answer to the own post starts no further post."""

    def take(self, name: bytes) -> None:
        if (at := self.other.at.pop(name, None)) is not None:
            self.other.delays.append(perf_counter() - at)
            if perf_counter() < self.stop:
                self.post()


async def run(path: Path, port: int, first: int, pairs: int, seconds: float) -> None:
    chosen = json.loads(path.read_text())["pairs"][first : first + pairs]
    sides = [side for number, pair in enumerate(chosen) for side in await _met(number, pair, port)]
    await asyncio.sleep(0.5)
    for side in sides:
        side.stop = perf_counter() + seconds
    for client in sides[::2]:
        client.post()
    await asyncio.sleep(seconds + 1)
    report(sides, seconds, pairs=pairs, window=1)


async def _met(number: int, pair: dict[str, Any], port: int) -> tuple[Side, Side]:
    """The client and the counsellor, each with a stream and a connection for posts."""
    turned = pair | {"sender": pair["reader"], "reader": pair["sender"]}
    client = await _side(2 * number, pair, port)
    counsellor = await _side(2 * number + 1, turned, port)
    client.other, counsellor.other = counsellor, client
    for session, side in ((pair["sender"], client), (pair["reader"], counsellor)):
        # Read from the first event: FILE has only one cursor, and there are few events so far.
        stream = functools.partial(Reader, session, 0, port, side.take)
        _, reader = await asyncio.get_running_loop().create_connection(stream, "127.0.0.1", port)
        await reader.open
    return client, counsellor


async def _side(number: int, pair: dict[str, Any], port: int) -> Side:
    side = functools.partial(Side, number, pair, port, 1)
    _, made = await asyncio.get_running_loop().create_connection(side, "127.0.0.1", port)
    return made


if __name__ == "__main__":
    file, *numbers = sys.argv[1:]
    port, first, pairs, seconds = map(int, numbers)
    uvloop.run(run(Path(file), port, first, pairs, seconds))
