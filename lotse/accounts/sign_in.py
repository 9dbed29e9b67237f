"""Proving who one is."""

import functools
import secrets
from collections.abc import Callable

from django.contrib.auth.hashers import check_password, make_password
from django.http import HttpRequest

from lotse.accounts import throttle
from lotse.accounts.models import Person
from lotse.accounts.nicknames import clean_nickname, fold_nickname


def find(nickname: str) -> Person | None:
    try:
        folded = fold_nickname(clean_nickname(nickname))
    except ValueError:
        return None
    return Person.objects.filter(folded_nickname=folded).first()


def prove(
    request: HttpRequest,
    rate: throttle.Rate,
    nickname: str,
    secret: str,
    verifier_of: Callable[[Person], str],
) -> Person | None:
    """The person whose verifier fits the secret; raises Problem "too-many-attempts".

    Takes as long for a nickname that nobody has, and for a revoked person.
    """
    throttle.take(throttle.ADDRESS_SIGN_IN, throttle.address_of(request))
    throttle.take(rate, fold_nickname(nickname))
    person = find(nickname)
    fits = check_password(secret, (person and verifier_of(person)) or _nobodys_verifier())
    if person is None or not fits or not person.is_active:
        return None
    throttle.forget(rate, person.folded_nickname)
    return person


@functools.cache
def _nobodys_verifier() -> str:
    return make_password(secrets.token_urlsafe(32))
