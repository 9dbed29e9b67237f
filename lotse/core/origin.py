"""Unsafe requests from other sites are refused, whatever cookie they carry."""

from collections.abc import Callable
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse, JsonResponse

from lotse.core.problems import CONTENT_TYPE, Problem

_SAFE = {"GET", "HEAD", "OPTIONS"}


def is_foreign(method: str, host: str, origin: str | None, fetch_site: str | None) -> bool:
    """Whether a browser sent this from elsewhere; programs that send neither header pass."""
    if method in _SAFE:
        return False
    if fetch_site is not None:
        return fetch_site not in {"same-origin", "none"}
    try:
        return origin is not None and urlsplit(origin).netloc != host
    except ValueError:
        return True


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
