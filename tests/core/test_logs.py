import asyncio
import errno
import json
import logging
import sqlite3
import sys
import threading
import warnings
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import psycopg
import pytest

from lotse.core import logs

Lines = Callable[[], list[dict[str, Any]]]


@pytest.fixture
def lines() -> Iterator[Lines]:
    """What is logged meanwhile, as a server would write it."""
    written: list[str] = []
    handler = logging.Handler()
    handler.emit = lambda record: written.append(logs.Json().format(record))  # type: ignore[method-assign]
    logging.getLogger().addHandler(handler)
    yield lambda: [json.loads(line) for line in written]
    logging.getLogger().removeHandler(handler)


def failed() -> Any:
    try:
        try:
            int("Rashida's visa")
        except ValueError as error:
            raise RuntimeError("and her name") from error
    except RuntimeError:
        return sys.exc_info()


def record_of_failure() -> logging.LogRecord:
    return logging.LogRecord("x", 40, __file__, 1, "failed: %s", (failed()[1],), failed())


def test_exceptions_are_told_without_their_messages() -> None:
    text = logs.Text().format(record_of_failure())
    assert "failed: RuntimeError\n" in text
    assert "ValueError" in text
    assert "in failed" in text
    assert "Rashida's visa" not in text.replace('int("Rashida\'s visa")', "")
    assert "and her name" not in text.replace('RuntimeError("and her name")', "")


def test_one_object_a_line_with_frames_and_types_only() -> None:
    line = logs.Json().format(record_of_failure())
    assert "\n" not in line
    told = json.loads(line)
    assert told["message"] == "failed: RuntimeError"
    assert [one["type"] for one in told["exception"]] == ["RuntimeError", "ValueError"]
    assert told["exception"][0]["frames"][-1].endswith(" failed")
    assert "Rashida" not in line
    assert "her name" not in line


def full_file() -> None:
    raise OSError(errno.ENOSPC, "No space", "/her/name")


def full_table() -> None:
    database = sqlite3.connect(":memory:")
    database.executescript("PRAGMA max_page_count = 1; CREATE TABLE filler (value)")


def full_server() -> None:
    raise psycopg.errors.DiskFull("her name")


@pytest.mark.parametrize(
    ("fail", "code"),
    [
        (full_file, "OSError ENOSPC"),
        (full_table, "OperationalError SQLITE_FULL"),
        (full_server, "DiskFull 53100"),
    ],
)
def test_what_the_system_calls_an_error_is_told(fail: Callable[[], None], code: str) -> None:
    try:
        fail()
    except Exception:
        record = logging.LogRecord("x", 40, __file__, 1, "Unexpected", (), sys.exc_info())
    assert logs.Text().format(record).endswith(code)
    assert json.loads(logs.Json().format(record))["exception"][0]["type"] == code


def test_only_known_fields_are_told() -> None:
    record = logging.LogRecord("x", 20, __file__, 1, "%s ready", ("Lotse",), None)
    record.body = "Rashida"
    told = json.loads(logs.Json().format(record))
    assert told.pop("time").endswith("+00:00")
    assert told == {"level": "INFO", "logger": "x", "message": "Lotse ready"}
    assert logs.Text().format(record).endswith(" INFO x Lotse ready")


def test_what_python_would_print_itself_shows_no_values(lines: Lines) -> None:
    async def fail() -> None:
        loop = asyncio.get_running_loop()
        loop.call_soon(int, "Rashida")
        lost = loop.create_task(asyncio.sleep(0))
        loop.call_exception_handler({"message": "lost", "future": lost, "of": "Rashida"})
        await asyncio.sleep(0.01)

    with ThreadPoolExecutor(1) as elsewhere:
        # Here a loop may be running already: Playwright's, in the same process.
        elsewhere.submit(lambda: asyncio.run(fail())).result()
    hook, threading.excepthook = threading.excepthook, logs._on_thread
    thread = threading.Thread(target=int, args=("Rashida",))
    thread.start()
    thread.join()
    threading.excepthook = hook
    show, warnings.showwarning = warnings.showwarning, logging._showwarning  # type: ignore[attr-defined]
    warnings.warn("not for Rashida", RuntimeWarning, stacklevel=1)
    warnings.showwarning = show
    told = lines()
    assert [one["logger"] for one in told] == [
        "asyncio",
        "asyncio",
        "lotse.core.logs",
        "py.warnings",
    ]
    assert told[0]["message"] == "lost"
    assert told[1]["message"].startswith("Exception in callback int")
    assert told[2]["exception"] == [
        {"type": "ValueError", "frames": told[2]["exception"][0]["frames"]}
    ]
    assert told[3]["message"].endswith("RuntimeWarning")
    assert "Rashida" not in json.dumps(told)
