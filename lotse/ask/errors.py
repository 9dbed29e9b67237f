"""Errors in the person's language; the API's as problem details."""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from lotse.core.problems import CONTENT_TYPE, Problem


def bad_request(request: HttpRequest, exception: Any) -> HttpResponse:
    return _answer(
        request,
        Problem("malformed"),
        _("We could not read this request"),
        _("Something in the address is not right. Please start again from the first page."),
    )


def forbidden(request: HttpRequest, exception: Any) -> HttpResponse:
    return _answer(
        request,
        Problem("forbidden"),
        _("This page is not open to you"),
        _("You may need to sign in, or this page belongs to somebody else."),
    )


def not_found(request: HttpRequest, exception: Any) -> HttpResponse:
    return _answer(
        request,
        Problem("not-found"),
        _("We did not find this page"),
        _("Maybe the link is old or a letter is missing. You can ask your question all the same."),
    )


def broken(request: HttpRequest) -> HttpResponse:
    return _answer(
        request,
        Problem("internal"),
        _("Something broke on our side"),
        _("It is not your fault. What you sent before is safe. Please try again in a moment."),
    )


def _answer(request: HttpRequest, problem: Problem, title: str, text: str) -> HttpResponse:
    if request.path.startswith(("/api/", "/live/")):
        return JsonResponse(problem.body(), status=problem.status, content_type=CONTENT_TYPE)
    return render(request, "error.html", {"title": title, "text": text}, status=problem.status)
