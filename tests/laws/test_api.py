"""Law: whatever comes in, the API never breaks, and every error is a problem detail."""

import json
from typing import Any

import pytest
import schemathesis
from django.core.handlers.wsgi import WSGIHandler
from django.test import Client
from hypothesis import HealthCheck, Phase, settings

from lotse.accounts.roles import Role
from lotse.api import api
from lotse.centres.models import Coordinator
from lotse.conversations.actions.cases import take
from lotse.core.problems import CONTENT_TYPE, TITLES
from tests.conversations.world import give_keys, make_centre, make_counsellor, make_person, opened
from tests.support.visitor import unlocked

pytestmark = pytest.mark.usefixtures("any_database")
schema = schemathesis.openapi.from_wsgi("/api/openapi.json", WSGIHandler())
PATHS: dict[str, Any] = api.get_openapi_schema()["paths"]
OPERATIONS = [(path, method) for path, methods in PATHS.items() for method in methods]


class Cast:
    """Somebody of each role, with a case that client and counsellor share."""

    def __init__(self) -> None:
        centre = make_centre()
        client, counsellor = make_person(), make_counsellor(centre)
        coordinator = make_person(Role.COORDINATOR)
        Coordinator.objects.create(person=coordinator, organisation=centre.organisation)
        case = opened(client, centre)
        take(counsellor.person, case.pk)
        message = case.conversation.messages.get()
        self.known = {
            "conversation": str(case.pk),
            "message": str(message.pk),
            "centre": str(centre.pk),
            "counsellor": str(counsellor.pk),
        }
        people = (client, counsellor.person, coordinator)
        for person in people:
            give_keys(person)
        self.shown: list[dict[str, str]] = [{}, *(unlocked(person) for person in people)]


@pytest.fixture
def cast() -> Cast:
    return Cast()


@schema.parametrize()
@settings(
    max_examples=6,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
    database=None,
)
def test_no_input_breaks_it(case: schemathesis.Case, cast: Cast) -> None:
    invented = dict(case.path_parameters)
    for parameters in (invented, invented | cast.known):
        case.path_parameters = {name: parameters[name] for name in invented}
        for headers in cast.shown:
            answer = case.call(headers=headers | {"Accept-Encoding": "identity"})
            check(answer.status_code, answer.headers.get("content-type", [""])[0], answer.content)
            if answer.status_code < 300:
                case.validate_response(
                    answer, checks=[schemathesis.checks.response_schema_conformance]
                )
        if not invented:
            return


def check(status: int, content_type: str, content: bytes) -> None:
    assert status < 500, content
    if status >= 400:
        assert content_type == CONTENT_TYPE, content
        body = json.loads(content)
        slug = body["type"].removeprefix("/problems/")
        assert (TITLES[slug][0], body["status"]) == (status, status)


@pytest.mark.parametrize("body", [b"", b"{", b"null", b"[]", b"\xff", b'"\\ud800"', b"[" * 5000])
def test_no_body_breaks_it(body: bytes, cast: Cast) -> None:
    for path, method in OPERATIONS:
        address = path.format_map(Known(cast.known))
        for headers in cast.shown:
            client = Client(headers=headers)
            answer = client.generic(method.upper(), address, body, content_type="application/json")
            check(answer.status_code, answer.headers.get("Content-Type", ""), answer.content)


def test_unknown_addresses_and_methods(cast: Cast) -> None:
    addresses = {path.format_map(Known(cast.known)) for path, _ in OPERATIONS}
    for address in [*addresses, "/api/nothing", "/api/conversations/x", "/api/", "/api/desk/x"]:
        for method in ("GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "LOTSE"):
            answer = Client().generic(method, address)
            check(answer.status_code, answer.headers.get("Content-Type", ""), answer.content)


class Known(dict[str, str]):
    def __missing__(self, name: str) -> str:
        return "00000000-0000-4000-8000-000000000000"
