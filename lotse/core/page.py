"""The variables of every template, and the only kind of page with script."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from lotse.core import assets, languages


def page(request: HttpRequest) -> dict[str, Any]:
    """Context processor."""
    language = get_language() or settings.LANGUAGE_CODE
    return {
        "language": language,
        "direction": languages.direction(language),
        "interface_languages": settings.LANGUAGES,
        "operator": settings.OPERATOR,
        "quick_exit": settings.QUICK_EXIT,
        "styles": assets.address("site.css"),
        "icons": assets.address("icons.svg"),
        "mark": assets.address("mark.svg"),
    }


def island(request: HttpRequest, name: str, title: str, **context: Any) -> HttpResponse:
    """A page that the script `main.js` fills; `name` is the island that the script starts.

    All that the page says about the visitor is whether the browser sent a session cookie.
    """
    words = f"words-{get_language() or settings.LANGUAGE_CODE}.js"
    context |= {
        "island": name,
        "has_session": settings.SESSION_COOKIE_NAME in request.COOKIES,
        "title": title,
        "script": assets.address("main.js"),
        "preloads": assets.preloads("main.js"),
        "worker": assets.address("argon2.js"),
        "words": assets.address(words),
        "styles": assets.address("app.css"),
        "chat": assets.address("chat.css"),
        "desk": assets.address("desk.css"),
    }
    response = render(request, "island.html", context)
    response.is_island = True  # type: ignore[attr-defined]
    return response
