"""Devices on which somebody has signed in before.

Who knows a nickname can use up its attempts; its owner still signs in from such a device, which has
attempts of its own. The token opens nothing. A browser that several people use holds one for each.
"""

import re
import secrets
from collections.abc import Callable
from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from lotse.accounts.models import KnownDevice, Person
from lotse.core.digest import digest_of

AGE = timedelta(days=365)
MAX_PEOPLE = 5
"""On one device."""
MAX_DEVICES = 10
"""Of one person."""
_TOKEN = re.compile(r"[A-Za-z0-9_-]{43}")


def known(request: HttpRequest, person: Person) -> str:
    """The digest by which this device is known as the person's; empty when it is not."""
    digests = [_digest(person, token) for token in _tokens(request)]
    found = KnownDevice.objects.filter(
        person_id=person.pk, digest__in=digests, made_on__gt=timezone.localdate() - AGE
    )
    return found.values_list("digest", flat=True).first() or ""


def remember(request: HttpRequest, person: Person) -> None:
    """The person has proved who they are; the answer to the request brings the token."""
    if known(request, person):
        return
    token = secrets.token_urlsafe(32)
    person.known_devices.create(digest=_digest(person, token))
    newest = person.known_devices.order_by("-pk").values_list("pk", flat=True)[:MAX_DEVICES]
    person.known_devices.exclude(pk__in=list(newest)).delete()
    tokens = [token, *_tokens(request)][:MAX_PEOPLE]
    request.device_tokens = tokens  # type: ignore[attr-defined]


def forget(request: HttpRequest, person: Person) -> None:
    """The answer takes the person's token from this browser; others' stay."""
    mine = known(request, person)
    request.device_tokens = [  # type: ignore[attr-defined]
        token for token in _tokens(request) if _digest(person, token) != mine
    ]


class KnownDevices:
    """Middleware that gives the browser its new token, and takes an old one."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        tokens: list[str] | None = getattr(request, "device_tokens", None)
        if tokens == []:
            response.delete_cookie(settings.DEVICE_COOKIE_NAME, samesite="Strict")
        elif tokens:
            response.set_cookie(
                settings.DEVICE_COOKIE_NAME,
                ".".join(tokens),
                max_age=AGE,
                secure=settings.SESSION_COOKIE_SECURE,
                httponly=True,
                samesite="Strict",
            )
        return response


def _tokens(request: HttpRequest) -> list[str]:
    return _TOKEN.findall(request.COOKIES.get(settings.DEVICE_COOKIE_NAME, "")[:300])[:MAX_PEOPLE]


def _digest(person: Person, token: str) -> str:
    # With the person: otherwise the database would say who shares a device.
    return digest_of(f"{person.pk}\n{token}")
