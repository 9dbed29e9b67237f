"""Asks for the password again, for actions that an unlocked session alone must not do."""

from django.http import HttpRequest

from lotse.accounts import throttle
from lotse.accounts.models import Person
from lotse.accounts.roles import door_of
from lotse.accounts.sign_in import Claim, prove
from lotse.core.identifiers import to_text
from lotse.core.problems import Problem


def prove_again(request: HttpRequest, person: Person, sign_in_key: bytes) -> None:
    """Raises Problem "wrong-credentials" or "too-many-attempts".

    A stranger with an unlocked session must not try passwords faster than at the sign-in page.
    """
    claim = Claim(door_of(person.role), person.nickname, to_text(sign_in_key))
    if not prove(request, throttle.SIGN_IN, claim):
        raise Problem("wrong-credentials")
