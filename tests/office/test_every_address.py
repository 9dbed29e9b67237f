"""No address of the office fails, whether or not the menu shows it."""

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import URLResolver, get_resolver

from lotse.accounts.models import Person
from lotse.accounts.roles import Role
from lotse.centres import invitations
from lotse.office.viewsets import Counselling
from tests.centres.staff import make_centre, make_counsellor

pytestmark = pytest.mark.django_db


def patterns(resolver: Any, before: str = "") -> Iterator[str]:
    for one in resolver.url_patterns:
        path = before + re.sub(r"^\^|\$$", "", str(one.pattern))
        if isinstance(one, URLResolver):
            yield from patterns(one, path)
        else:
            yield path


def addresses() -> list[str]:
    """Every one, with the key of a record that exists or something that looks like one."""
    keys = {records.name: records.model.objects.all()[0].pk for records in Counselling.items}
    found = []
    # Signing out would be the end of it.
    for pattern in set(patterns(get_resolver())) - {"office/logout/"}:
        if pattern.startswith("office/"):
            key = str(keys.get(pattern.split("/")[1], "1"))
            found.append("/" + re.sub(r"<[^>]+>", key, pattern))
    return sorted(found)


@pytest.mark.parametrize(("method", "least"), [("get", 50), ("post", 10)])
def test_none_fails(admin: Client, method: str, least: int) -> None:
    make_counsellor("Amira", make_centre())
    invitations.invite(Role.ADMINISTRATOR)
    Person.objects.create(nickname="Kim", role=Role.COORDINATOR)
    admin.raise_request_exception = False
    answers = {path: getattr(admin, method)(path).status_code for path in addresses()}
    assert not {path: status for path, status in answers.items() if status >= 500}
    assert Counter(answers.values())[200] >= least


@pytest.mark.parametrize(
    "path", ["pages/", "pages/add/a/b/1/", "pages/create/a/b", "images/add/", "documents/", "api/"]
)
def test_what_nothing_needs_is_closed(admin: Client, path: str) -> None:
    assert admin.get(f"/office/{path}").status_code == 404
