"""python -m bench.live.idle FILE PORT COUNT SECONDS: holds COUNT idle event streams open.

Prints "open" when all are open, and ends after SECONDS. world.py writes FILE.
"""

import asyncio
import json
import sys
from pathlib import Path

import uvloop

from bench.live.load import Reader

AT_ONCE = 100


async def main(path: Path, port: int, count: int, seconds: float) -> None:
    loop = asyncio.get_running_loop()
    sessions = json.loads(path.read_text())["idle"][:count]
    for start in range(0, count, AT_ONCE):
        readers = [Reader(one, 0, port, print) for one in sessions[start : start + AT_ONCE]]
        for reader in readers:
            await loop.create_connection(lambda one=reader: one, "127.0.0.1", port)
        await asyncio.gather(*(reader.open for reader in readers))
    sys.stdout.write("open\n")
    sys.stdout.flush()
    await asyncio.sleep(seconds)


if __name__ == "__main__":
    uvloop.run(main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), float(sys.argv[4])))
