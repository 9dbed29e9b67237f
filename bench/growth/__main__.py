"""python -m bench.growth [CASES]: the same requests to a new service and to one after years.

The default of a million cases takes an hour and 60 GB of disk. The requests go to the real server,
one after the other, for people chosen at random.
"""

import base64
import json
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx

from bench import report
from bench.growth import MESSAGES
from tests.support.postgres import Postgres
from tests.support.server import Server

YOUNG, OLD = 2_000, 1_000_000
Sample = dict[str, Any]
Question = Callable[[httpx.Client, Sample], httpx.Response]


def main(old: int) -> None:
    rows = [
        {"database": name, "cases": cases, "messages": cases * MESSAGES} | measured
        for name in ("SQLite", "PostgreSQL")
        for cases in (YOUNG, old)
        for measured in [_measured(name, cases)]
    ]
    sys.stdout.write(json.dumps(rows, indent=1) + "\n")
    if old == OLD:
        report.save({"growth": rows})


def _measured(name: str, cases: int) -> dict[str, str]:
    with _served(name, cases) as (server, samples):
        questions: dict[str, Question] = {
            "opening": _open,
            "posting": _post,
            "catching up": _catch_up,
            "queue": _queue,
        }
        found = {}
        with httpx.Client(base_url=server.url, timeout=60) as browser:
            for what, ask in questions.items():
                times = sorted(_timed(browser, ask, sample) for sample in samples)
                middle, late = statistics.median(times), times[int(len(times) * 0.95)]
                found[what] = f"{middle:.1f} / {late:.1f}"
    return found


def _timed(browser: httpx.Client, ask: Question, sample: Sample) -> float:
    """The duration of the request, in milliseconds."""
    began = time.perf_counter()
    answer = ask(browser, sample)
    assert answer.status_code in {200, 201}, answer.text
    return (time.perf_counter() - began) * 1e3


def _open(browser: httpx.Client, sample: Sample) -> httpx.Response:
    path = f"/api/conversations/{sample['conversation']}/messages"
    return browser.get(path, headers=sample["client"])


def _post(browser: httpx.Client, sample: Sample) -> httpx.Response:
    path = f"/live/conversations/{sample['conversation']}/messages"
    body = base64.urlsafe_b64encode(b"\x01" + os.urandom(36 + 3 * 256)).decode().rstrip("=")
    new = {"id": str(uuid4()), "epoch": 1, "body": body, "blobs": []}
    return browser.post(path, json=new, headers=sample["client"])


def _catch_up(browser: httpx.Client, sample: Sample) -> httpx.Response:
    answer = browser.get(f"/live/events?after={MESSAGES - 8}&once", headers=sample["client"])
    assert answer.text.count("event: message") >= 8
    return answer


def _queue(browser: httpx.Client, sample: Sample) -> httpx.Response:
    return browser.get("/api/desk/cases?state=mine", headers=sample["counsellor"])


@contextmanager
def _served(name: str, cases: int) -> Iterator[tuple[Server, list[Any]]]:
    # Not in /tmp, which may be in memory.
    with tempfile.TemporaryDirectory(prefix="lotse-growth-", dir="/var/tmp") as folder:
        postgres = Postgres().start() if name == "PostgreSQL" else None
        address = postgres.create("growth") if postgres else ""
        server, file = Server(Path(folder), address), Path(folder) / "samples.json"
        server.manage("migrate", "--verbosity", "0")
        server.run("-m", "bench.growth.fill", str(cases), str(file))
        server.start()
        try:
            yield server, json.loads(file.read_text())
        finally:
            server.stop()
            if postgres:
                postgres.remove()


if __name__ == "__main__":
    main(int(sys.argv[1]) if sys.argv[1:] else OLD)
