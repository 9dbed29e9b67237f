"""Proving who one is."""

from collections.abc import Callable

from django.http import HttpRequest

from lotse.accounts import throttle
from lotse.accounts.models import Person
from lotse.accounts.nicknames import clean_nickname, fold_nickname

_NOBODY = Person()
"""No key is theirs; looking costs what it costs for somebody."""


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
    is_right: Callable[[Person, str], bool] = Person.is_sign_in_key,
) -> Person | None:
    """The person whose secret it is; raises Problem "too-many-attempts".

    Takes as long for a nickname that nobody has, and for a revoked person.
    """
    throttle.take(throttle.ADDRESS_SIGN_IN, throttle.address_of(request))
    throttle.take(rate, fold_nickname(nickname))
    person = find(nickname)
    fits = is_right(person or _NOBODY, secret)
    if person is None or not fits or not person.is_active:
        return None
    throttle.forget(rate, person.folded_nickname)
    return person
