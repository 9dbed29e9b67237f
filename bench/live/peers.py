"""Measures comparable servers, with the configurations and load clients of ../shared/bench."""

import os
import socket
import subprocess
import tempfile
import time
from contextlib import closing
from importlib.metadata import distributions
from pathlib import Path
from typing import Any

from bench.live.run import LOAD, SERVER, load, python, running

PEERS = Path("../shared/bench").resolve()
SYNAPSE = Path(".tools/synapse").absolute()
UV = Path(".tools/bin/uv").absolute()


def ejabberd(seconds: int) -> dict[str, Any]:
    """Its archive is in PostgreSQL."""
    _install("ejabberd", "erlang-p1-pgsql", "postgresql")
    here = PEERS / "ejabberd"
    with (
        tempfile.TemporaryDirectory(prefix="lotse-ejabberd-") as folder,
        running("bash", str(here / "run.sh"), folder, env={"CPU": SERVER}),
    ):
        _listening(5322)
        time.sleep(8)  # until its users are registered
        usual = _ejabberd_loads(here, seconds)
        _postgres_on(SERVER)
        squeezed = _ejabberd_loads(here, seconds)
        _postgres_on(f"{SERVER},{LOAD}")
        idle = {"idle": load(*python("idle.py", "1000"), cwd=here)}
    return (
        usual | {f"{name}, its database on its core": row for name, row in squeezed.items()} | idle
    )


def _ejabberd_loads(here: Path, seconds: int) -> dict[str, Any]:
    return {
        "32": load(*python("load.py", "32", str(seconds), "1"), cwd=here),
        "200": load(*python("load.py", "200", str(seconds), "4"), cwd=here),
    }


def _postgres_on(cores: str) -> None:
    found = subprocess.run(["pgrep", "-u", "postgres"], capture_output=True, text=True, check=True)
    for process in found.stdout.split():
        # The process may have ended meanwhile.
        subprocess.run(["taskset", "-a", "-cp", cores, process], capture_output=True, check=False)


def synapse(seconds: int) -> dict[str, Any]:
    """On SQLite with 10 pairs, the most that it can serve."""
    interpreter = str(SYNAPSE / "bin/python")
    if not SYNAPSE.exists():
        _call(str(UV), "venv", "-q", str(SYNAPSE))
        wanted = ("matrix-synapse", "aiohttp")
        _call(str(UV), "pip", "install", "-q", "--python", str(SYNAPSE), *wanted)
    environment = {"CPU": SERVER, "PYTHON": interpreter}
    with (
        tempfile.TemporaryDirectory(prefix="lotse-synapse-") as folder,
        running("bash", str(PEERS / "synapse/run.sh"), folder, env=environment),
    ):
        _listening(8008)
        time.sleep(3)
        return {"10": load(interpreter, str(PEERS / "synapse/load.py"), "10", str(seconds))}


def synapse_version() -> str:
    """Call this after `synapse`, which installs it."""
    (packages,) = SYNAPSE.glob("lib/*/site-packages")
    (found,) = distributions(name="matrix-synapse", path=[str(packages)])
    return f"synapse {found.version}"


def _install(*packages: str) -> None:
    quiet = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    known = subprocess.run(["dpkg", "-s", *packages], capture_output=True, check=False)
    if known.returncode:
        command = ["apt-get", "install", "-qq", "-y", "--no-install-recommends", *packages]
        subprocess.run(command, env=quiet, stdout=subprocess.DEVNULL, check=True)
        subprocess.run(["service", "ejabberd", "stop"], capture_output=True, check=False)


def _call(*command: str) -> None:
    subprocess.run(command, check=True)


def _listening(port: int) -> None:
    for _ in range(600):
        with closing(socket.socket()) as attempt:
            if attempt.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.2)
    raise RuntimeError(f"nothing listens on {port}")
