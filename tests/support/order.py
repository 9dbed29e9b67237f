"""Sorts the longest tests first, and marks the tests that `make test-quick` leaves out."""

from pathlib import Path
from typing import cast

import pytest

LONGEST = [
    "jobs/test_workers.py",
    "browser/test_later.py",
    "operate/test_backup.py",
    "ask/test_screens.py",
    "operate/test_worker.py",
    "browser/test_desk_looks.py",
    "conversations/blobs/test_s3_away.py",
    "browser/test_desk_cases.py",
    "browser/test_first_question_page.py",
    "laws/test_api.py",
    "laws/test_erasure.py",
    "laws/test_reading.py",
    "operate/test_readiness.py",
]
"""One worker runs a whole file: all others would wait for a long file that begins last."""
SLOW_FIXTURES = {
    *("browser", "page", "server", "any_server", "new_server", "new_postgres_server"),
    *("postgres", "s3", "redis", "place"),
}
SLOW_FOLDERS = {"faults", "journeys", "operate"}
TESTS = Path(__file__).parents[1]


def arrange(items: list[pytest.Item]) -> None:
    """Marks tests that are not quick, and puts the longest files first."""
    for item in items:
        if not is_quick(item):
            item.add_marker("slow")
    items.sort(key=lambda item: _place(item.path.relative_to(TESTS)))


def is_quick(item: pytest.Item) -> bool:
    """Whether the test starts no process, such as a server, a browser or PostgreSQL."""
    function = cast(pytest.Function, item)
    given = getattr(function, "callspec", None)
    return not (
        SLOW_FIXTURES.intersection(getattr(function, "fixturenames", ()))
        or {"postgres", "s3"}.intersection(map(str, given.params.values() if given else ()))
        or item.path.relative_to(TESTS).parts[0] in SLOW_FOLDERS
    )


def _place(path: Path) -> int:
    name = path.as_posix()
    return LONGEST.index(name) if name in LONGEST else len(LONGEST)
