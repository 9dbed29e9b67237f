import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest

from lotse.accounts.auth import needs, signed_in
from lotse.accounts.models import Person
from lotse.accounts.roles import PERMISSIONS, Role
from lotse.accounts.session_store import SessionStore
from lotse.core.problems import Problem


def request_of(person: Person | None) -> HttpRequest:
    request = HttpRequest()
    request.session = SessionStore()
    request.user = person or AnonymousUser()
    return request


@pytest.mark.parametrize("role", Role.values)
@pytest.mark.parametrize("permission", sorted(frozenset().union(*PERMISSIONS.values())))
def test_each_role_has_its_permissions_only(role: str, permission: str) -> None:
    person = Person(nickname="amal", role=role)
    if permission in PERMISSIONS[role]:
        assert needs(permission)(request_of(person)) is person
        person.is_active = False
        with pytest.raises(Problem, match="signed-out"):
            needs(permission)(request_of(person))
    else:
        with pytest.raises(Problem, match="forbidden"):
            needs(permission)(request_of(person))


def test_nobody_is_signed_out() -> None:
    for check in (signed_in, needs("counsel")):
        with pytest.raises(Problem, match="signed-out"):
            check(request_of(None))
