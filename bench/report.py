"""Writes bench/results.json, and a page from it."""

import json
import platform
from pathlib import Path
from typing import Any

RESULTS = Path("bench/results.json")
PAGE = Path("docs/performance.md")
NOTES = Path("bench/notes.md")
"""Written by hand: the gain of each step and the remaining limits. Part of the page."""

LIVE = {
    "send_ratio_ejabberd_32": ("ours on SQLite / ejabberd, messages a second, 32 pairs", "≥ 4"),
    "send_ratio_ejabberd_200": ("the same at 200 pairs", "≥ 4"),
    "send_ratio_ejabberd_32_on_one_core": ("32 pairs, its database on its core, as ours is", ""),
    "send_ratio_ejabberd_200_on_one_core": ("the same at 200 pairs", ""),
    "send_ratio_ejabberd_200_postgres": ("ours on PostgreSQL / ejabberd, 200 pairs", ""),
    "p99_ratio_ejabberd_32": ("99th percentile, ours / ejabberd, 32 pairs", "≤ 0.33"),
    "send_ratio_synapse_10": ("ours / Synapse, messages a second, 10 pairs", ""),
    "limit_share_sqlite": ("ours / bare commits of the same rows, 32 a commit", ""),
    "turns_per_s_32": ("messages a second between 32 pairs who answer each other", ""),
    "kb_per_idle_client": ("KiB of the server for an idle client, over 8,000", "≤ 14"),
    "p99_ms_with_8000_connected": ("99th percentile in ms, 8,000 connected, 500/s", "≤ 250"),
}


FIGURES = ("sent_per_s", "p50_ms", "p99_ms", "stolen_percent")


def save(part: dict[str, Any]) -> None:
    """Replaces only these parts of the results."""
    results = json.loads(RESULTS.read_text()) if RESULTS.exists() else {}
    results |= part | {"cpu": _cpu(), "python": platform.python_version()}
    RESULTS.write_text(json.dumps(results, indent=1) + "\n")
    PAGE.write_text(_page(results))


def _page(results: dict[str, Any]) -> str:
    pages = [(row["what"], row["value"], row["target"]) for row in results.get("rows", [])]
    live = [(LIVE[name][0], results[name], LIVE[name][1]) for name in LIVE if name in results]
    return "\n".join(
        [
            "# Performance",
            "",
            f"Written by `make bench`. CPU: {results['cpu']}, Python {results['python']}.",
            "",
            "## Browser, start, memory",
            f"Chromium {results.get('chromium', '?')}; browser times are medians of five visits.",
            "",
            *_table(["what", "measured", "target"], pages),
            "",
            "## The live path",
            "Server on one core, load on the other, one run for all; from A's post to B's having",
            "the event: 805 bytes of ciphertext, real sessions, memberships and streams. Of five",
            "rounds: a ratio is the middle one of the rounds' own, a row the middle of its load.",
            "ejabberd's database may use both cores, unless it says otherwise, as does ours.",
            "",
            *_table(["what", "measured", "target"], live),
            "",
            *_table(
                ["server", "pairs", "messages/s", "p50 ms", "p99 ms", "stolen %"], _sent(results)
            ),
            "",
            *_floods(results.get("floods", [])),
            *_growth(results.get("growth", [])),
            NOTES.read_text(),
        ]
    )


def _sent(results: dict[str, Any]) -> list[tuple[Any, ...]]:
    rows = results.get("live", {})
    found = [
        (name, pairs, *(row[figure] for figure in FIGURES))
        for name in ("sqlite", "postgres", "ejabberd", "synapse")
        for pairs, row in rows.get(name, {}).items()
        if "sent_per_s" in row
    ]
    return [*found, ("bare commits, SQLite", "32 a commit", rows.get("commits", "?"), "", "", "")]


def _floods(rows: list[dict[str, Any]]) -> list[str]:
    if not rows:
        return []
    names = [name for name in rows[0] if not isinstance(rows[0][name], dict)]
    return [
        "## Floods",
        "Posting at 200/s between 32 pairs and 20 lists of conversations a second, without and",
        "beside a flood, by turns: 1,000 parallel `GET /ask/`, 40 wrong sign-ins a second, 100",
        "posts a second that name unknown files. Milliseconds; the middle one of three rounds.",
        "",
        *_table(names, [tuple(row[name] for name in names) for row in rows]),
        "",
    ]


def _growth(rows: list[dict[str, Any]]) -> list[str]:
    if not rows:
        return []
    names = list(rows[0])
    return [
        "## After years",
        "`python -m bench.growth`: milliseconds (median / 95th percentile) of one request",
        "at a time for 200 people chosen at random; 20 messages a case, 2 million events.",
        "",
        *_table(names, [tuple(row[name] for name in names) for row in rows]),
        "",
    ]


def _table(names: list[str], rows: list[tuple[Any, ...]]) -> list[str]:
    lines = [names, ["---"] * len(names), *rows]
    return [f"| {' | '.join(str(cell) for cell in line)} |" for line in lines]


def _cpu() -> str:
    lines = Path("/proc/cpuinfo").read_text().splitlines()
    return next((line.split(": ")[1] for line in lines if line.startswith("model name")), "?")
