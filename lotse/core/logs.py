"""Log lines say what happened where, never what somebody wrote."""

import errno
import logging
import traceback
from typing import Any


class Formatter(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        request: Any = getattr(record, "request", None)
        if hasattr(request, "resolver_match"):
            # Django would log the address: it may hold a nickname or an invitation.
            match = request.resolver_match
            record.msg = "%s %s answered %s"
            route = match.route if match else "(unknown address)"
            record.args = (request.method, route, getattr(record, "status_code", "?"))
        return super().format(record)

    def formatException(self, ei: object) -> str:  # noqa: N802 - logging's name
        """Frames, types and codes only: messages of exceptions quote values."""
        error = ei[1] if isinstance(ei, tuple) else None
        lines: list[str] = []
        while isinstance(error, BaseException):
            kind = " ".join([type(error).__qualname__, *_code(error)])
            lines += [*traceback.format_tb(error.__traceback__), f"{kind}\n"]
            error = error.__cause__ or error.__context__
        return "".join(lines).rstrip()


def _code(error: BaseException) -> list[str]:
    """What the system or the database calls it, such as ENOSPC, SQLITE_FULL or 53100."""
    names = [getattr(error, name, None) for name in ("sqlite_errorname", "sqlstate")]
    if isinstance(error, OSError):
        names.append(errno.errorcode.get(error.errno or 0))
    return [name for name in names if name]
