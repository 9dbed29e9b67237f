"""Which hosts are this site, and which requests come from other sites."""

import re
from collections.abc import Callable
from functools import lru_cache

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.request import split_domain_port, validate_host

from lotse.core.problems import CONTENT_TYPE, Problem

_SAFE = {"GET", "HEAD", "OPTIONS"}
_MAX_HOST = 300
"""Characters: a name has at most 253. Longer ones are not worth remembering."""
_HOST = r"(\[[0-9a-f:.]+\]|[^\[\]/:@?#\s]+?)\.?(?::([0-9]{1,5}))?"
_HOST_FORM, _ORIGIN_FORM = re.compile(_HOST), re.compile(f"(https?)://{_HOST}")
_DEFAULT_PORTS = {"http": "80", "https": "443"}


def is_our_host(host: str) -> bool:
    """Whether ALLOWED_HOSTS has the Host header's host, on whatever port; as Django decides it."""
    return len(host) <= _MAX_HOST and _is_allowed(host)


@lru_cache(maxsize=256)
def _is_allowed(host: str) -> bool:
    name, _ = split_domain_port(host)
    return bool(name) and validate_host(name, settings.ALLOWED_HOSTS)


def is_foreign(method: str, host: str, origin: str | None, fetch_site: str | None) -> bool:
    """Whether a browser sent this from elsewhere; programs that send neither header pass."""
    if method in _SAFE:
        return False
    if fetch_site is not None:
        return fetch_site not in {"same-origin", "none"}
    return origin is not None and not _is_origin_of(origin.lower(), host.lower())


def _is_origin_of(origin: str, host: str) -> bool:
    """The same name and port; a browser omits the port where it is the scheme's own."""
    page, here = _ORIGIN_FORM.fullmatch(origin), _HOST_FORM.fullmatch(host)
    if page is None or here is None:
        return False
    scheme, name, port = page.groups()
    if settings.SESSION_COOKIE_SECURE and scheme != "https":
        # Somebody on the way can forge a page that comes without https.
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
