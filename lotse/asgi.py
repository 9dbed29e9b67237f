"""The one application: static files, live routes as plain ASGI, and Django for the rest."""

import os
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lotse.settings")

from django.core.asgi import get_asgi_application

django = get_asgi_application()

from lotse.conversations.blobs import live as blobs  # noqa: E402
from lotse.core.body import with_body_limit  # noqa: E402
from lotse.core.static import with_static_files  # noqa: E402
from lotse.stream import live as events  # noqa: E402

pages = with_body_limit(django)
LIVE = {"/live/events": events.application, "/live/blobs/": blobs.application}


async def route(scope: Any, receive: Any, send: Any) -> None:
    if scope["type"] == "http":
        for prefix, live in LIVE.items():
            if scope["path"].startswith(prefix):
                await live(scope, receive, send)
                return
    await pages(scope, receive, send)


application = with_static_files(route)
