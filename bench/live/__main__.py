"""python -m bench.live [quick]: measures us, our peers and the machine's limits in one run.

"quick" prints the most important ratios and does not save them.
"""

import json
import sqlite3
import statistics
import subprocess
import sys
import tempfile
from importlib.metadata import version
from operator import itemgetter
from typing import Any

from bench import report
from bench.live import ours, peers
from bench.live.run import SERVER, pinned, python
from tests.support.postgres import Postgres

ROUNDS = 5


def main(quick: bool) -> None:
    seconds = 4 if quick else 8
    rounds = [_round(seconds, quick) for _ in range(1 if quick else ROUNDS)]
    rows: dict[str, Any] = {name: _middle([one[name] for one in rounds]) for name in rounds[0]}
    rows["commits"] = _commits(seconds)
    if not quick:
        rows["synapse"] = peers.synapse(seconds)
        rows["connected"] = ours.measure_connected(seconds)
    each = [_against_ejabberd(one) for one in rounds]
    ratios = {name: statistics.median(one[name] for one in each) for name in each[0]}
    ratios = {name: round(value, 2) for name, value in (ratios | _ratios(rows)).items()}
    for name, value in ratios.items():
        sys.stdout.write(f"{name}: {value}\n")
    if not quick:
        report.save({**ratios, "live": rows, "rounds": each, **_versions()})


def _round(seconds: int, quick: bool) -> dict[str, dict[str, Any]]:
    """Measures the servers one soon after the other, because the machine's speed drifts."""
    found = {"sqlite": ours.measure("", seconds), "ejabberd": peers.ejabberd(seconds)}
    return found if quick else found | {"postgres": _on_postgres(seconds)}


def _middle(rounds: list[dict[str, Any]]) -> dict[str, Any]:
    """The median run of each load."""
    return {
        load: sorted((one[load] for one in rounds), key=itemgetter(_rank(rounds[0][load])))[
            len(rounds) // 2
        ]
        for load in rounds[0]
    }


def _rank(row: dict[str, Any]) -> str:
    return "sent_per_s" if "sent_per_s" in row else "kb_per_client"


def _commits(seconds: int) -> float:
    with tempfile.TemporaryDirectory(prefix="lotse-bare-") as folder:
        bare = ("-m", "bench.live.limits", "commits", f"{folder}/bare.sqlite3", str(seconds))
        done = subprocess.run(pinned(SERVER, *python(*bare)), capture_output=True, check=True)
    return float(json.loads(done.stdout)["per_s"])


def _on_postgres(seconds: int) -> dict[str, Any]:
    postgres = Postgres().start()
    try:
        return ours.measure(postgres.create("bench"), seconds)
    finally:
        postgres.remove()


def _against_ejabberd(rows: dict[str, Any]) -> dict[str, float]:
    """The ratios within one round, because the machine's speed drifts between rounds."""
    us, them = rows["sqlite"], rows["ejabberd"]
    ratios = {
        "send_ratio_ejabberd_32": us["32"]["sent_per_s"] / them["32"]["sent_per_s"],
        "send_ratio_ejabberd_200": us["200"]["sent_per_s"] / them["200"]["sent_per_s"],
        "p99_ratio_ejabberd_32": us["32"]["p99_ms"] / them["32"]["p99_ms"],
    }
    for pairs in ("32", "200"):
        squeezed = them[f"{pairs}, its database on its core"]
        name = f"send_ratio_ejabberd_{pairs}_on_one_core"
        ratios[name] = us[pairs]["sent_per_s"] / squeezed["sent_per_s"]
    if "postgres" in rows:
        on_postgres = rows["postgres"]["200"]["sent_per_s"]
        ratios["send_ratio_ejabberd_200_postgres"] = on_postgres / them["200"]["sent_per_s"]
    return ratios


def _ratios(rows: dict[str, Any]) -> dict[str, float]:
    us = rows["sqlite"]
    ratios = {
        "limit_share_sqlite": us["200"]["sent_per_s"] / rows["commits"],
        "turns_per_s_32": us["32 who answer each other"]["sent_per_s"],
    }
    if "synapse" in rows:
        ratios |= {
            "send_ratio_synapse_10": us["10"]["sent_per_s"] / rows["synapse"]["10"]["sent_per_s"],
            "kb_per_idle_client": rows["connected"]["kb_per_client"],
            "p99_ms_with_8000_connected": rows["connected"]["p99_ms"],
        }
    return ratios


def _versions() -> dict[str, Any]:
    shown = subprocess.run(
        ["dpkg-query", "-W", "-f", "${Package} ${Version}\n", "ejabberd", "postgresql"],
        capture_output=True,
        text=True,
        check=False,
    )
    ours = [f"{name} {version(name)}" for name in ("django", "uvicorn", "uvloop")]
    ours += [f"python {sys.version.split()[0]}", f"sqlite {sqlite3.sqlite_version}"]
    return {"versions": [*shown.stdout.split("\n")[:-1], peers.synapse_version(), *ours]}


if __name__ == "__main__":
    main("quick" in sys.argv[1:])
