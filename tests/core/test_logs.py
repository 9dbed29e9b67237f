import logging
import sys

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


def test_other_lines_stay_as_they_are() -> None:
    record = logging.LogRecord("x", 20, __file__, 1, "%s ready", ("Lotse",), None)
    assert LINE.format(record) == "Lotse ready"
