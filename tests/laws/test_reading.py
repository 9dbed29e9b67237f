"""Law: GET and HEAD change nothing, whoever asks for whatever address, also ahead of time."""

import re
from collections.abc import Callable, Iterator
from itertools import product
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from lotse.accounts.models import Person
from lotse.accounts.roles import Role
from lotse.centres.invitations import invite
from lotse.centres.models import Coordinator
from lotse.office.models import Colleague
from tests.conversations.world import give_keys, make_centre, make_counsellor, make_person, opened
from tests.support.plain import ask
from tests.support.visitor import let_in

# What is written does not depend on the database.
pytestmark = pytest.mark.parametrize("any_database", ["sqlite"], indirect=True, scope="module")

HEADERS = [{}, {"Purpose": "prefetch"}, {"Sec-Purpose": "prefetch;prerender"}]
LIVE = ["/healthz", "/live/conversations/{id}/messages", "/live/blobs/{id}/{id}/0"]
_CONVERTED = re.compile(r"<(?:\w+:)?(\w+)>")
_GROUP = re.compile(r"\(\?P<(\w+)>[^)]*\)|\([^)]*\)")


class Cast:
    """Somebody of each role, and a case that nobody has joined."""

    def __init__(self) -> None:
        centre = make_centre()
        client, counsellor = make_person(), make_counsellor(centre)
        coordinator, administrator = make_person(Role.COORDINATOR), make_person(Role.ADMINISTRATOR)
        Person.objects.filter(pk=administrator.pk).update(is_superuser=True)
        Coordinator.objects.create(person=coordinator, organisation=centre.organisation)
        invitation, _ = invite(Role.COUNSELLOR, centre)
        case = opened(client, centre)
        people = {"client": client, "counsellor": counsellor.person, "coordinator": coordinator}
        for person in (*people.values(), administrator):
            give_keys(person)
        self.people = {"nobody": None, **people, "administrator": administrator}
        self.known = {
            "conversation": str(case.pk),
            "message": str(case.conversation.messages.get().pk),
            "centre": str(centre.pk),
            "counsellor": str(counsellor.pk),
            "slug": counsellor.slug,
            "invitation": str(invitation.pk),
        }
        # The office names the record of each of its addresses only `pk`.
        self.records = {
            "organisations": centre.organisation_id,
            "centres": centre.pk,
            "counsellors": counsellor.pk,
            "colleagues": Colleague.objects.get(pk=coordinator.pk).pk,
            "topics": "work",
            "languages": "ar",
            "invitations": invitation.pk,
        }

    def addresses(self) -> Iterator[str]:
        for route in sorted(set(_routes(get_resolver().url_patterns, "/"))):
            yield _filled(route, self._values(route))

    def _values(self, route: str) -> dict[str, str]:
        record = next((pk for name, pk in self.records.items() if f"/{name}/" in route), 1)
        return {"pk": str(record)} | self.known


def _routes(patterns: list[Any], before: str) -> Iterator[str]:
    for one in patterns:
        route = before + str(one.pattern).removeprefix("^").removeprefix("/")
        if isinstance(one, URLResolver):
            yield from _routes(one.url_patterns, route)
        else:
            assert isinstance(one, URLPattern)
            yield route


def _filled(route: str, values: dict[str, str]) -> str:
    def value(match: re.Match[str]) -> str:
        return values.get(match[1] or "", "1")

    address = _GROUP.sub(value, _CONVERTED.sub(value, route))
    return re.sub(r"\\(.)", r"\1", address).rstrip("$").replace("\\Z", "")


@pytest.fixture(scope="module")
def cast(any_database: str) -> Cast:
    return Cast()


@pytest.mark.parametrize(
    "role", ["nobody", Role.CLIENT, Role.COUNSELLOR, Role.COORDINATOR, Role.ADMINISTRATOR]
)
def test_reading_changes_nothing(cast: Cast, role: str) -> None:
    person = cast.people[role]
    client = Client(raise_request_exception=False)
    if person:
        let_in(client, person)
    addresses = list(cast.addresses())
    assert f"/api/conversations/{cast.known['conversation']}" in addresses
    assert "/leave/" in addresses
    before, cookies = everything(), dict(client.cookies.items())
    writes: list[str] = []
    with connection.execute_wrapper(recorder(writes)):
        for address, method in product(addresses, ("get", "head")):
            # What Wagtail does does not depend on them, and its pages take long.
            for headers in HEADERS[:1] if address.startswith("/office/") else HEADERS:
                answer = getattr(client, method)(address, headers=headers)
                assert (address, writes) == (address, [])
                assert set(answer.cookies) <= allowed(address), address
    for address in LIVE:
        for method in ("GET", "HEAD"):
            cookie = client.cookies.output(header="", sep=";").strip()
            answer = ask(method, address.format(id=cast.known["conversation"]), cookie)
            assert "set-cookie" not in answer.headers
    assert everything() == before
    assert client.cookies.items() >= cookies.items()


def allowed(address: str) -> set[str]:
    """In the office: the token of its forms, and what its next page says of a refusal."""
    office = {settings.CSRF_COOKIE_NAME, "messages"}
    return office if address.startswith("/office/") else set()


def recorder(writes: list[str]) -> Callable[..., Any]:
    def record(execute: Any, sql: str, *rest: Any) -> Any:
        if sql.startswith(("INSERT", "UPDATE", "DELETE", "REPLACE")):
            writes.append(sql)
        return execute(sql, *rest)

    return record


def everything() -> dict[str, list[str]]:
    """Every table, row by row."""
    rows = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608
            rows[table] = sorted(map(repr, cursor.fetchall()))
    return rows
