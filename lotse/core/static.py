"""Serves static files from their packages' folders, so that `collectstatic` is not needed."""

from typing import Any
from urllib.parse import urlsplit
from wsgiref.headers import Headers

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from servestatic import ServeStaticASGI

from lotse.core.headers import WORKER


def with_static_files(application: Any) -> Any:
    prefix = urlsplit(settings.STATIC_URL).path.strip("/")
    served = ServeStaticASGI(
        application,
        allow_all_origins=False,
        add_headers_function=_headers,
        immutable_file_test=lambda path, url: url.startswith(f"/{prefix}/lotse/"),
    )
    for finder in get_finders():
        for storage in getattr(finder, "storages", {}).values():
            below = getattr(storage, "prefix", None)
            served.add_files(storage.location, prefix=f"{prefix}/{below}" if below else prefix)
    return served


def _headers(headers: Headers, path: str, url: str) -> None:
    headers["X-Content-Type-Options"] = "nosniff"
    headers["Cross-Origin-Resource-Policy"] = "same-origin"
    headers["Cross-Origin-Embedder-Policy"] = "require-corp"
    if "/lotse/argon2-" in url:
        # Only this worker may run WebAssembly.
        headers["Content-Security-Policy"] = WORKER
