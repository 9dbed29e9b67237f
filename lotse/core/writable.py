"""Refuses text that a database cannot store: lone surrogates and the character zero.

PostgreSQL refuses both, SQLite refuses surrogates, and no answer can encode them. This check of
every request saves one in each field and query.
"""

import json
import re
from collections.abc import Callable
from contextlib import suppress
from typing import Any
from urllib.parse import unquote_to_bytes

from django.core.exceptions import BadRequest, RequestDataTooBig
from django.http import HttpRequest, HttpResponse, JsonResponse

from lotse.core.problems import CONTENT_TYPE, Problem

_UNWRITABLE = re.compile("[\0\ud800-\udfff]")
# The same in bytes that were read as Latin-1. A surrogate's UTF-8 begins with ED A0 to ED BF.
_UNWRITABLE_BYTES = re.compile("\0|\xed[\xa0-\xbf][\x80-\xbf]|[\ud800-\udfff]")
# Only a body that matches this has to be parsed: it may hold harmless pairs of surrogates.
_SUSPICIOUS = re.compile(rb"\\u(?:0000|[dD][89a-fA-F])|\xed[\xa0-\xbf]")


def check_head(query: str, cookies: str) -> None:
    """Raises Problem "invalid". The cookie header is read as Latin-1."""
    if _UNWRITABLE_BYTES.search(unquote_to_bytes(query).decode("latin-1")):
        raise _invalid("query")
    # A quoted cookie may contain any byte as three octal digits.
    if _UNWRITABLE_BYTES.search(cookies) or "\\000" in cookies:
        raise _invalid("cookie")


def check_json(body: bytes) -> None:
    """Raises Problem "invalid". A body that is not JSON passes: its parser reports it later."""
    try:
        is_writable = not _SUSPICIOUS.search(body) or _is_writable(json.loads(body))
    except (ValueError, RecursionError):
        return
    if not is_writable:
        raise _invalid("body")


class WritableOnly:
    """Middleware that answers API requests with "invalid", and others with the bad-request page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_: object) -> HttpResponse | None:
        is_api = request.path_info.startswith("/api/")
        try:
            _check(request, is_api)
        except Problem as problem:
            if not is_api:
                raise BadRequest from problem
            return JsonResponse(problem.body(), status=problem.status, content_type=CONTENT_TYPE)
        return None


def _check(request: HttpRequest, is_api: bool) -> None:
    if _UNWRITABLE.search(request.path_info):
        raise _invalid("path")
    check_head(request.META.get("QUERY_STRING", ""), request.META.get("HTTP_COOKIE", ""))
    if is_api or request.content_type == "application/json":
        with suppress(RequestDataTooBig):
            check_json(request.body)
    elif not _is_writable([*request.POST, *request.POST.lists()]):
        raise _invalid("body")


def _is_writable(data: Any) -> bool:
    """Checks all names and values at any depth."""
    waiting = [data]
    while waiting:
        one = waiting.pop()
        if isinstance(one, str) and _UNWRITABLE.search(one):
            return False
        if isinstance(one, dict):
            waiting += [*one, *one.values()]
        elif isinstance(one, list | tuple):
            waiting += one
    return True


def _invalid(where: str) -> Problem:
    return Problem("invalid", extra={"fields": [{"at": [where], "what": "unwritable"}]})
