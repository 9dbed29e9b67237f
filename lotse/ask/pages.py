"""Pages that only inform."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.http import require_safe

from lotse.ask import emergency as numbers
from lotse.ask import offered


@require_safe
def start(request: HttpRequest) -> HttpResponse:
    return render(request, "ask/start.html", {"languages": offered.languages(request)})


@require_safe
def emergency(request: HttpRequest) -> HttpResponse:
    return render(request, "ask/help.html", {"now": numbers.NOW, "talk": numbers.TALK})


@require_safe
def answer_time(request: HttpRequest) -> HttpResponse:
    return render(request, "ask/answer_time.html")


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    return render(
        request,
        "ask/privacy.html",
        {"data_protection_contact": settings.DATA_PROTECTION_CONTACT},
    )


@require_safe
def erased(request: HttpRequest) -> HttpResponse:
    """After an account was deleted. `?language` is the one that its person spoke."""
    language = request.GET.get("language", "")
    if language in dict(settings.LANGUAGES):
        translation.activate(language)
    return render(request, "ask/erased.html")


@require_safe
def imprint(request: HttpRequest) -> HttpResponse:
    return render(
        request,
        "ask/imprint.html",
        {"address": settings.OPERATOR_ADDRESS, "contact": settings.OPERATOR_CONTACT},
    )
