"""Checks the secret by which a person proves who they are."""

from collections.abc import Callable
from dataclasses import replace
from typing import NamedTuple

from django.http import HttpRequest

from lotse.accounts import known_devices, throttle
from lotse.accounts.counters import Rate
from lotse.accounts.models import Person
from lotse.accounts.nicknames import clean_nickname, fold_nickname
from lotse.accounts.roles import Door, door_of

_NOBODY = Person()
"""No key fits this person, and the check takes as long as for a real one."""


class Claim(NamedTuple):
    """The nickname that a person claims, and the secret that proves the claim."""

    door: Door
    nickname: str
    secret: str


def find(nickname: str) -> Person | None:
    try:
        folded = fold_nickname(clean_nickname(nickname))
    except ValueError:
        return None
    return Person.objects.filter(folded_nickname=folded).first()


def find_at(door: Door, nickname: str) -> Person | None:
    """Finds no staff at the clients' door, and no clients at the staff's."""
    person = find(nickname)
    return person if person and door_of(person.role) == door else None


def prove(
    request: HttpRequest,
    rate: Rate,
    claim: Claim,
    is_right: Callable[[Person, str], bool] = Person.is_sign_in_key,
) -> Person | None:
    """The person if the secret is right; raises Problem "too-many-attempts".

    Takes equally long for a nickname that is unknown at this door, and for a revoked person.
    """
    person = find_at(claim.door, claim.nickname)
    counted, subject = _counted(request, rate, person, claim.nickname)
    throttle.take(counted, subject)
    fits = is_right(person or _NOBODY, claim.secret)
    if person is None or not fits or not person.is_active:
        return None
    throttle.refill(counted, subject)
    return person


def _counted(
    request: HttpRequest, rate: Rate, person: Person | None, nickname: str
) -> tuple[Rate, str]:
    """The rate and subject of the attempt.

    A known device has its own attempts; all other devices share the nickname's. Unknown nicknames
    are counted separately, so that a flood of invented nicknames uses up nobody's attempts.
    """
    device = known_devices.known(request, person or _NOBODY)
    if device:
        return replace(rate, name=f"{rate.name}-device"), device
    if person:
        counted, subject = rate, str(person.pk)
    else:
        counted, subject = replace(rate, name=f"{rate.name}-unknown"), fold_nickname(nickname)
    # The first attempt at a nickname does not count for the address. Otherwise one phone's failures
    # would lock out everybody in a shelter with the same address.
    if not throttle.is_full(counted, subject):
        throttle.take_address(throttle.ADDRESS_SIGN_IN, request)
    return counted, subject
