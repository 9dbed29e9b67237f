"""Devices on which a person has signed in before.

An attacker who knows a nickname can use up its attempts. Its owner can still sign in from a known
device, which has its own attempts. The device's token alone gives no access. A browser that several
people use holds a token for each.
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
"""People for each device."""
MAX_DEVICES = 10
"""Devices for each person."""
_TOKEN = re.compile(r"[A-Za-z0-9_-]{43}")


def known(request: HttpRequest, person: Person) -> str:
    """The digest that the database has of this device for this person, otherwise empty."""
    digests = [_digest(person, token) for token in _tokens(request)]
    found = KnownDevice.objects.filter(
        person_id=person.pk, digest__in=digests, made_on__gt=timezone.localdate() - AGE
    )
    return found.values_list("digest", flat=True).first() or ""


def remember(request: HttpRequest, person: Person) -> None:
    """The person has proved their identity. The answer to the request carries the token."""
    if known(request, person):
        return
    token = secrets.token_urlsafe(32)
    person.known_devices.create(digest=_digest(person, token))
    newest = person.known_devices.order_by("-pk").values_list("pk", flat=True)[:MAX_DEVICES]
    person.known_devices.exclude(pk__in=list(newest)).delete()
    tokens = [token, *_tokens(request)][:MAX_PEOPLE]
    request.device_tokens = tokens  # type: ignore[attr-defined]


def forget(request: HttpRequest, person: Person) -> None:
    """The answer deletes the person's token in this browser and keeps those of other people."""
    mine = known(request, person)
    request.device_tokens = [  # type: ignore[attr-defined]
        token for token in _tokens(request) if _digest(person, token) != mine
    ]


class KnownDevices:
    """Middleware that sets or deletes the cookie with the browser's tokens."""

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
    # With the person, because otherwise the database would reveal who shares a device.
    return digest_of(f"{person.pk}\n{token}")
