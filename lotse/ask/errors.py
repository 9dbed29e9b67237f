"""Error pages in the person's language. Middleware turns errors of the API into problem details."""

import sys
from typing import Any

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _


def bad_request(request: HttpRequest, exception: Any) -> HttpResponse:
    return _answer(
        request,
        400,
        _("We could not read this request"),
        _("Something in the address is not right. Please start again from the first page."),
    )


def forbidden(request: HttpRequest, exception: Any) -> HttpResponse:
    return _answer(
        request,
        403,
        _("This page is not open to you"),
        _("You may need to sign in, or this page belongs to somebody else."),
    )


def not_found(request: HttpRequest, exception: Any) -> HttpResponse:
    return _answer(
        request,
        404,
        _("We did not find this page"),
        _("Maybe the link is old or a letter is missing. You can ask your question all the same."),
    )


def broken(request: HttpRequest) -> HttpResponse:
    # The database is away for a moment. With 503, proxies and search engines do not keep the error.
    is_away = isinstance(sys.exception(), OperationalError | InterfaceError)
    answer = _answer(
        request,
        503 if is_away else 500,
        _("Something broke on our side"),
        _("It is not your fault. What you sent before is safe. Please try again in a moment."),
    )
    if is_away:
        answer["Retry-After"] = "10"
    return answer


def _answer(request: HttpRequest, status: int, title: str, text: str) -> HttpResponse:
    return render(request, "error.html", {"title": title, "text": text}, status=status)
