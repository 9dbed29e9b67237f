"""The ASGI application: static files, live routes in plain ASGI, and Django for the rest."""

import os
from time import monotonic
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lotse.settings")

from django.core.asgi import get_asgi_application

django: Any = get_asgi_application()

from lotse import env  # noqa: E402
from lotse.accounts.asgi import lane_of, listener_of  # noqa: E402
from lotse.conversations.blobs import asgi as blobs  # noqa: E402
from lotse.conversations.delivery import deliverable, said  # noqa: E402
from lotse.conversations.posting import asgi as posting  # noqa: E402
from lotse.core.asgi_helpers import Receive, Scope, Send, head_problem, refuse  # noqa: E402
from lotse.core.bounded_views import with_bounds  # noqa: E402
from lotse.core.static import with_static_files  # noqa: E402
from lotse.office.asgi import body_limit  # noqa: E402
from lotse.operate import health  # noqa: E402
from lotse.operate.server import life  # noqa: E402
from lotse.stream import asgi as stream  # noqa: E402

if env.FAST_PATH:
    # operate/server.py names this class to uvicorn.
    from lotse.conversations.posting.fast_path import Protocol  # noqa: F401

events = stream.events(listener_of, said, deliverable)
rest = with_static_files(with_bounds(django, body_limit, lane_of))


async def application(scope: Scope, receive: Receive, send: Send) -> None:
    if scope["type"] == "lifespan":
        await life(scope, receive, send)
        return
    path = scope["path"] if scope["type"] == "http" else ""
    scope["begun_at"] = monotonic()
    # Live routes come first: thousands of requests wait in them, and each layer costs memory.
    if path.startswith("/live/") and (problem := head_problem(scope)):
        await refuse(send, problem)
    elif path == "/live/events":
        await events(scope, receive, send)
    elif path.startswith("/live/conversations/"):
        await posting.application(scope, receive, send)
    elif path.startswith("/live/blobs/"):
        await blobs.application(scope, receive, send)
    elif path in health.PATHS:
        await health.application(scope, receive, send)
    else:
        await rest(scope, receive, send)
