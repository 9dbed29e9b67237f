"""Turns errors under /api/ from outside the routes, such as unknown addresses, into problems."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, JsonResponse

from lotse.core.problems import CONTENT_TYPE, Problem

_SLUGS = {403: "forbidden", 404: "not-found", 405: "method-not-allowed", 413: "too-large"}


class ApiErrors:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        is_error = response.status_code >= 400 and request.path.startswith("/api/")
        if not is_error or response.get("Content-Type") == CONTENT_TYPE:
            return response
        fallback = "internal" if response.status_code >= 500 else "malformed"
        problem = Problem(_SLUGS.get(response.status_code, fallback))
        answer = JsonResponse(problem.body(), status=problem.status, content_type=CONTENT_TYPE)
        if "Allow" in response:
            answer["Allow"] = response["Allow"]
        return answer
