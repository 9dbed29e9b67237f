"""Runs the processes of a measurement: the server on one core, its load on the other."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

SERVER, LOAD = "0", "1"


def pinned(core: str, *command: str) -> list[str]:
    return ["taskset", "-c", core, *command]


def load(*command: str, cwd: Path | None = None) -> dict[str, Any]:
    """Runs a load client; the JSON of its last line, with the percentage of stolen time."""
    before = _stolen()
    done = subprocess.run(
        pinned(LOAD, *command), cwd=cwd, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise RuntimeError(f"{' '.join(command)}:\n{done.stdout}{done.stderr}")
    report: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    stolen, passed = (now - then for now, then in zip(_stolen(), before, strict=True))
    return report | {"stolen_percent": round(100 * stolen / max(1, passed), 1)}


def _stolen() -> tuple[int, int]:
    """The time that a virtual machine's host gave to others, and all time (proc(5), /proc/stat)."""
    all_cores = Path("/proc/stat").read_text().split("\n", 1)[0]
    times = [int(one) for one in all_cores.split()[1:9]]
    return times[7], sum(times)


@contextmanager
def running(*command: str, env: dict[str, str] | None = None) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen(
        command,
        env=os.environ | (env or {}),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield process
    finally:
        process.terminate()
        process.wait(20)


def python(*arguments: str) -> list[str]:
    return [sys.executable, *arguments]
