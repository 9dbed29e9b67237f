import errno
import logging
import sqlite3
import sys
from collections.abc import Callable

import psycopg
import pytest

from lotse.core.logs import Formatter

LINE = Formatter("{message}", style="{")


def test_exceptions_are_told_without_their_messages() -> None:
    try:
        try:
            int("Rashida's visa")
        except ValueError as error:
            raise RuntimeError("and her name") from error
    except RuntimeError:
        record = logging.LogRecord("x", 40, __file__, 1, "Unexpected", (), sys.exc_info())
    text = LINE.format(record)
    assert text.startswith("Unexpected\n")
    assert "RuntimeError" in text
    assert "ValueError" in text
    assert "test_exceptions_are_told" in text
    assert "Rashida's visa" not in text.replace('int("Rashida\'s visa")', "")
    assert "and her name" not in text.replace('RuntimeError("and her name")', "")


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
    assert LINE.format(record).endswith(code)


def test_other_lines_stay_as_they_are() -> None:
    record = logging.LogRecord("x", 20, __file__, 1, "%s ready", ("Lotse",), None)
    assert LINE.format(record) == "Lotse ready"
