"""Which tests begin first, and which need so little that `make test-quick` runs them."""

from pathlib import Path
from typing import cast

import pytest

LONGEST = [
    "operate/test_readiness.py",
    "jobs/test_workers.py",
    "operate/test_backup.py",
    "ask/test_screens.py",
    "operate/test_worker.py",
    "browser/test_desk_many.py",
    "browser/test_desk_looks.py",
    "conversations/blobs/test_s3_away.py",
    "browser/test_desk_cases.py",
    "browser/test_first_question_page.py",
    "laws/test_api.py",
]
"""A file stays with one worker: one that takes minutes and begins last keeps all others waiting."""
SLOW_FIXTURES = {
    *("browser", "page", "server", "any_server", "new_server", "new_postgres_server"),
    *("postgres", "s3", "redis", "place"),
}
SLOW_FOLDERS = {"faults", "journeys", "operate"}
TESTS = Path(__file__).parents[1]


def arrange(items: list[pytest.Item]) -> None:
    """Marks what is not quick; puts the longest files first."""
    for item in items:
        if not is_quick(item):
            item.add_marker("slow")
    items.sort(key=lambda item: _place(item.path.relative_to(TESTS)))


def is_quick(item: pytest.Item) -> bool:
    """Whether it starts no process: no server, no browser, no PostgreSQL."""
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
