"""How often something may be tried: token buckets in the database.

Strict for one account; loose for one address, because a whole shelter may share it. Fails closed:
without the database nothing is tried.
"""

import hmac
import math
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone

from lotse.accounts.models import Bucket
from lotse.core import addresses
from lotse.core.problems import Problem


@dataclass(frozen=True)
class Rate:
    """`burst` tries at once; after that one every `seconds`."""

    name: str
    burst: int
    seconds: float


SIGN_IN = Rate("sign-in", 10, 60)
RECOVERY = Rate("recovery", 10, 60)
ADDRESS_SIGN_IN = Rate("address-sign-in", 300, 12)
ADDRESS_LOOK = Rate("address-look", 600, 6)
ADDRESS_REGISTER = Rate("address-register", 100, 36)

_FORGOTTEN_AFTER = timedelta(days=1)
"""Longer than the slowest bucket needs to fill."""


def take(rate: Rate, subject: str) -> None:
    """Takes a token; raises Problem "too-many-attempts" when there is none.

    Must not run inside a transaction: the attempt has to count although it fails.
    """
    now = timezone.now()
    with transaction.atomic(durable=True):
        wait = _wait(rate, _key(rate, subject), now)
    if secrets.randbelow(100) == 0:
        Bucket.objects.filter(filled_at__lt=now - _FORGOTTEN_AFTER).delete()
    if wait:
        raise Problem("too-many-attempts", retry_after=wait)


def forget(rate: Rate, subject: str) -> None:
    """The bucket is full again: an attempt has succeeded."""
    Bucket.objects.filter(key=_key(rate, subject)).delete()


def _wait(rate: Rate, key: str, now: datetime) -> int:
    """Seconds until there is a token; takes one when it is 0."""
    bucket, _ = Bucket.objects.select_for_update().get_or_create(
        key=key, defaults={"tokens": rate.burst, "filled_at": now}
    )
    passed = max(0.0, (now - bucket.filled_at).total_seconds())
    tokens = min(float(rate.burst), bucket.tokens + passed / rate.seconds)
    wait = 0 if tokens >= 1 else math.ceil((1 - tokens) * rate.seconds)
    # Also while it is empty: a clock set back would let nothing flow in until it has caught up.
    bucket.tokens, bucket.filled_at = tokens if wait else tokens - 1, now
    bucket.save()
    return wait


def _key(rate: Rate, subject: str) -> str:
    # Keyed, or the few addresses that there are could be tried out against a stolen database.
    message = f"throttle\n{rate.name}\n{subject}".encode()
    return hmac.new(settings.SECRET_KEY.encode(), message, "sha256").hexdigest()


def address_of(request: HttpRequest) -> str:
    forwarded = request.headers.get("X-Forwarded-For", "")
    return addresses.address_of(forwarded, request.META.get("REMOTE_ADDR", ""))
