"""Checks whether a host is this site, and whether a request comes from another site."""

import re
from collections.abc import Callable
from functools import lru_cache

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.request import split_domain_port, validate_host

from lotse.core.problems import CONTENT_TYPE, Problem

_SAFE = {"GET", "HEAD", "OPTIONS"}
_MAX_HOST = 300
"""Characters. Names have at most 253, and longer ones must not fill the cache."""
_HOST = r"(\[[0-9a-f:.]+\]|[^\[\]/:@?#\s]+?)\.?(?::([0-9]{1,5}))?"
_HOST_FORM, _ORIGIN_FORM = re.compile(_HOST), re.compile(f"(https?)://{_HOST}")
_DEFAULT_PORTS = {"http": "80", "https": "443"}


def is_our_host(host: str) -> bool:
    """Whether ALLOWED_HOSTS has the Host header's name, by Django's rules, on any port."""
    return len(host) <= _MAX_HOST and _is_allowed(host)


@lru_cache(maxsize=256)
def _is_allowed(host: str) -> bool:
    name, _ = split_domain_port(host)
    return bool(name) and validate_host(name, settings.ALLOWED_HOSTS)


def is_foreign(method: str, host: str, origin: str | None, fetch_site: str | None) -> bool:
    """Whether a browser sent this from another site. Programs that send neither header may pass."""
    if method in _SAFE:
        return False
    if fetch_site is not None:
        return fetch_site not in {"same-origin", "none"}
    return origin is not None and not _is_origin_of(origin.lower(), host.lower())


def _is_origin_of(origin: str, host: str) -> bool:
    """Compares name and port. Browsers omit the port if it is the default of the scheme."""
    page, here = _ORIGIN_FORM.fullmatch(origin), _HOST_FORM.fullmatch(host)
    if page is None or here is None:
        return False
    scheme, name, port = page.groups()
    if settings.SESSION_COOKIE_SECURE and scheme != "https":
        # An attacker on the network can forge pages that come without https.
        return False
    default = _DEFAULT_PORTS[scheme]
    return (name, port or default) == (here[1], here[2] or default)


class SameOriginOnly:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        headers = request.headers
        if is_foreign(
            request.method or "",
            request.get_host(),
            headers.get("Origin"),
            headers.get("Sec-Fetch-Site"),
        ):
            problem = Problem("foreign-origin")
            return JsonResponse(problem.body(), status=problem.status, content_type=CONTENT_TYPE)
        return self.get_response(request)
