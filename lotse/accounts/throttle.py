"""Limits how often something may be tried.

The limits are strict for an account and loose for an address, which a whole shelter may share.
Attempts are counted outside the database (counters.py), so a refusal costs no write.
"""

import math
from dataclasses import replace

from django.http import HttpRequest

from lotse.accounts.counters import Rate, counter, slot_of
from lotse.core.addresses import addresses_of
from lotse.core.problems import Problem

SIGN_IN = Rate("sign-in", 10, 60)
RECOVERY = Rate("recovery", 10, 60)
ADDRESS_SIGN_IN = Rate("address-sign-in", 300, 12)
ADDRESS_LOOK = Rate("address-look", 600, 6)
ADDRESS_REGISTER = Rate("address-register", 100, 36)

_WIDER = 4
"""The /56 around an IPv6 address may try this many times as often as its /64."""


def take(rate: Rate, subject: str) -> None:
    """Raises Problem "too-many-attempts" if no attempt is left."""
    if wait := counter().take(rate, slot_of(rate, subject)):
        raise Problem("too-many-attempts", retry_after=math.ceil(wait))


def refill(rate: Rate, subject: str) -> None:
    """Gives all attempts back after one has succeeded."""
    counter().refill(rate, slot_of(rate, subject))


def is_full(rate: Rate, subject: str) -> bool:
    """Whether nothing was tried recently."""
    return counter().is_full(rate, slot_of(rate, subject))


def take_address(rate: Rate, request: HttpRequest) -> None:
    forwarded = request.headers.get("X-Forwarded-For", "")
    narrow, *wide = addresses_of(forwarded, request.META.get("REMOTE_ADDR", ""))
    take(rate, narrow)
    for network in wide:
        take(_wider(rate), network)


def _wider(rate: Rate) -> Rate:
    burst, seconds = rate.burst * _WIDER, rate.seconds / _WIDER
    return replace(rate, name=f"{rate.name}-wide", burst=burst, seconds=seconds)
