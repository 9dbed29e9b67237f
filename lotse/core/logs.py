"""Formats log lines, which say what happened and where, never what people wrote.

The fields are listed one by one, so anything else that a library adds to a record is not logged.
"""

import errno
import json
import logging
import logging.config
import re
import threading
import traceback
from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import UTC, datetime
from time import monotonic
from typing import Any

_QUOTING = {"asyncio": re.compile(r"[<(\n]"), "py.warnings": re.compile(r"(?<=Warning): ")}
"""Loggers whose messages quote arguments and values, with the place where the quotation begins."""

Fields = dict[str, Any]


def configure(settings: dict[str, Any]) -> None:
    """For Django's LOGGING_CONFIG. Also logs the warnings and errors that Python would print."""
    logging.config.dictConfig(settings)
    logging.captureWarnings(True)
    threading.excepthook = _on_thread


def _on_thread(args: threading.ExceptHookArgs) -> None:
    error = args.exc_value or args.exc_type()
    logging.getLogger(__name__).error("a thread failed", exc_info=error)


def about(scope: Mapping[str, Any], route: str, status: int) -> Fields:
    """The `extra` of a log line about a request that Django does not handle."""
    fields: Fields = {"method": scope["method"], "route": route, "status": status}
    if begun_at := scope.get("begun_at"):
        fields["duration"] = round(monotonic() - begun_at, 4)
    return fields


class Text(logging.Formatter):
    """Lines that people read."""

    def format(self, record: logging.LogRecord) -> str:
        told = _told(record)
        line = "{time} {level} {logger} {message}".format_map(told)
        if "route" in told and _answered(told) != told["message"]:
            line += f" ({_answered(told)})"
        for error in _chain(record):
            frames = "".join(traceback.format_tb(error.__traceback__))
            line += f"\n{frames}{_kind(error)}"
        return line


class Json(logging.Formatter):
    """One JSON object per line, for log collectors."""

    def format(self, record: logging.LogRecord) -> str:
        told = _told(record)
        if errors := list(_chain(record)):
            told["exception"] = [
                {"type": _kind(error), "frames": _frames(error)} for error in errors
            ]
        return json.dumps(told, default=str)


def _told(record: logging.LogRecord) -> Fields:
    at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
    told = {"time": at, "level": record.levelname, "logger": record.name}
    request = _request(record)
    # Django's own message quotes the address, which may hold a nickname.
    is_of_django = bool(request) and not record.name.startswith("lotse.")
    return told | {"message": _answered(request) if is_of_django else _message(record)} | request


def _request(record: logging.LogRecord) -> Fields:
    request: Any = getattr(record, "request", None)
    if hasattr(request, "resolver_match"):
        route = request.resolver_match.route if request.resolver_match else "(unknown address)"
        scope = {"method": request.method} | getattr(request, "scope", {})
        return about(scope, route, getattr(record, "status_code", 500))
    names = ("method", "route", "status", "duration")
    return {name: getattr(record, name) for name in names if hasattr(record, name)}


def _answered(request: Fields) -> str:
    return "{method} {route} answered {status}".format_map(request)


def _message(record: logging.LogRecord) -> str:
    """Names the type of each exception instead of its text, because the text may quote values."""
    message, args = str(record.msg), record.args
    if isinstance(args, tuple):
        args = tuple(type(a).__qualname__ if isinstance(a, BaseException) else a for a in args)
    with suppress(TypeError, ValueError):
        message = message % args if args else message
    quoting = _QUOTING.get(record.name)
    return quoting.split(message, maxsplit=1)[0].strip() if quoting else message


def _chain(record: logging.LogRecord) -> Iterator[BaseException]:
    """The last exception, then its causes."""
    error, told = record.exc_info[1] if record.exc_info else None, set[int]()
    while error is not None and id(error) not in told:
        yield error
        told.add(id(error))
        error = error.__cause__ or error.__context__


def _frames(error: BaseException) -> list[str]:
    walked = traceback.walk_tb(error.__traceback__)
    return [f"{at.f_code.co_filename}:{line} {at.f_code.co_qualname}" for at, line in walked]


def _kind(error: BaseException) -> str:
    """The type and the system's or database's code, such as ENOSPC, SQLITE_FULL or 53100."""
    names = [getattr(error, name, None) for name in ("sqlite_errorname", "sqlstate")]
    if isinstance(error, OSError):
        names.append(errno.errorcode.get(error.errno or 0))
    return " ".join([type(error).__qualname__, *(name for name in names if name)])
