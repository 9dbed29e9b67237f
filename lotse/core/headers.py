"""Strict headers on every page that a client may open."""

from collections.abc import Callable
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse

OFFICE = ("/office/",)
"""Wagtail's admin uses inline scripts and styles, and only staff can open it."""

_EXIT = urlsplit(settings.QUICK_EXIT)
# The quick exit is a form that redirects to the operator's neutral page. Browsers block a form's
# redirect to any origin that is not named here.
_COMMON = (
    "default-src 'none'; base-uri 'none'; frame-ancestors 'none'; "
    f"form-action 'self' {_EXIT.scheme}://{_EXIT.netloc}; "
)
PUBLIC = _COMMON + (
    "style-src 'self'; img-src 'self'; manifest-src 'self'; "
    "require-trusted-types-for 'script'; trusted-types 'none'"
)
ISLAND = _COMMON + (
    "script-src 'self'; style-src 'self'; img-src 'self' blob:; media-src blob:; "
    "connect-src 'self'; worker-src 'self'; manifest-src 'self'; "
    # The only policy creates the URL of the only worker (browser/crypto/worker).
    "require-trusted-types-for 'script'; trusted-types lotse"
)
DATA = "default-src 'none'; frame-ancestors 'none'"
"""For answers that are not pages. Directives for pages and workers would only add bytes."""
WORKER = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'"

FOR_DATA = {"Content-Security-Policy": DATA, "Cross-Origin-Resource-Policy": "same-origin"}
FOR_PAGES = {
    "Permissions-Policy": (
        "camera=(self), microphone=(self), geolocation=(), payment=(), usb=(), "
        "browsing-topics=(), interest-cohort=()"
    ),
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
}


class ClientPageHeaders:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.path.startswith(OFFICE):
            # Django checks the Origin of the office's forms, and "no-referrer" would hide it.
            response.setdefault("Referrer-Policy", "same-origin")
            return response
        for header, value in _headers(response).items():
            response.setdefault(header, value)
        if not request.path.startswith("/static/"):
            # A shared phone must not show the last person's page from its cache.
            response.setdefault("Cache-Control", "no-store")
        return response


def _headers(response: HttpResponse) -> dict[str, str]:
    if response.get("Content-Type", "").startswith(("application/json", "application/problem")):
        return FOR_DATA
    policy = ISLAND if getattr(response, "is_island", False) else PUBLIC
    return FOR_PAGES | {"Content-Security-Policy": policy}
