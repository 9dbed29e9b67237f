"""Lone surrogates and the character zero, in every place where text comes in."""

import copy
import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest
from django.conf import settings
from django.test import Client

from lotse.accounts.models import Person
from lotse.accounts.roles import Role
from lotse.api import api
from tests.conversations.scene import Scene
from tests.conversations.world import Caller, give_keys, make_person, message_body
from tests.support.database import any_database
from tests.support.plain import ask
from tests.support.visitor import let_in

__all__ = ["any_database"]
pytestmark = pytest.mark.usefixtures("any_database")

TEXTS = ["\ud800", "a\udfffb", "\0", "x\0", "\ud800\0"]
QUERIES = ["%00", "%ED%A0%80", "x%00", "%ed%bf%bf"]
SCHEMA: dict[str, Any] = api.get_openapi_schema()
OPERATIONS = [
    (path, method, operation)
    for path, methods in SCHEMA["paths"].items()
    for method, operation in methods.items()
]
PROFILE = {
    "name": "Amira",
    "languages": ["ar"],
    "topics": [],
    "gender": "",
    "about": "",
    "hours": {"1": [["09:00", "17:00"]]},
    "capacity": 1,
    "takes_new": True,
}


@pytest.fixture(scope="module")
def scene(any_database: str) -> Scene:
    scene = Scene()
    for person in (scene.person, scene.counsellor.person):
        give_keys(person)
    return scene


def bodies() -> Iterator[tuple[str, str, Any]]:
    """Of each operation: a body of the right form, except that a text is in each place by turns."""
    for path, method, operation in OPERATIONS:
        if "requestBody" in operation:
            form = operation["requestBody"]["content"]["application/json"]["schema"]
            whole = example(form)
            for place in places(whole):
                for text in TEXTS:
                    yield path, method, changed(whole, place, text)


def example(form: dict[str, Any]) -> Any:
    if "$ref" in form:
        return example(SCHEMA["components"]["schemas"][form["$ref"].split("/")[-1]])
    if "anyOf" in form or "allOf" in form:
        return example((form.get("anyOf") or form["allOf"])[0])
    if form.get("type") == "object":
        named = form.get("properties", {"name": {}})
        return {name: example(one) for name, one in named.items()}
    if form.get("type") == "array":
        return [example(form.get("items", {}))]
    return {"integer": 1, "boolean": True}.get(form.get("type", ""), "text")


def places(data: Any) -> Iterator[tuple[Any, ...]]:
    if isinstance(data, dict):
        for name in data:
            yield from ((name, *rest) for rest in places(data[name]))
        yield ("+",)
    elif isinstance(data, list):
        for index, one in enumerate(data):
            yield from ((index, *rest) for rest in places(one))
    else:
        yield ()


def changed(data: Any, place: tuple[Any, ...], text: str) -> Any:
    """With `text` in that place; "+": as a further name."""
    if place == ("+",):
        return data | {text: 1}
    if not place:
        return text
    data = copy.copy(data)
    data[place[0]] = changed(data[place[0]], place[1:], text)
    return data


def test_every_field_of_every_body(scene: Scene) -> None:
    coordinator = Caller(make_person(Role.COORDINATOR))
    seen = 0
    for path, method, body in bodies():
        address = path.format_map(Known({"conversation": str(scene.case.pk)}))
        for caller in (Caller(None), scene.client, scene.staff, coordinator):
            assert caller.refused(method.upper(), address, body) == "invalid", (address, body)
            seen += 1
    assert seen > 1000


class Known(dict[str, str]):
    def __missing__(self, name: str) -> str:
        return "00000000-0000-4000-8000-000000000000"


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("field", ["name", "about", "gender", "languages", "topics", "hours"])
def test_a_profile(scene: Scene, text: str, field: str) -> None:
    whole: dict[str, Any] = {"languages": [text], "topics": [text], "hours": {text: []}}
    body = PROFILE | {field: whole.get(field, text)}
    assert scene.staff.refused("PUT", "/api/desk/profile", body) == "invalid"


def test_text_that_only_looks_so_is_kept(scene: Scene) -> None:
    about = "\\ud800 \\u0000 😀"
    scene.staff.told("PUT", "/api/desk/profile", PROFILE | {"about": about})
    assert scene.staff.told("GET", "/api/desk/profile")["about"] == about


@pytest.mark.parametrize("text", QUERIES)
def test_every_query(scene: Scene, text: str) -> None:
    for path, method, operation in OPERATIONS:
        named = [one["name"] for one in operation.get("parameters", ()) if one["in"] == "query"]
        address = path.format_map(Known({"conversation": str(scene.case.pk)}))
        for name in [*named, text]:
            for caller in (Caller(None), scene.client, scene.staff):
                asked = f"{address}?{name}={text}"
                assert caller.refused(method.upper(), asked, {}) == "invalid", asked


@pytest.mark.parametrize("value", ['"\\000"', '"a\\000b"', "\xed\xa0\x80"])
def test_every_cookie(scene: Scene, value: str) -> None:
    for name in (settings.SESSION_COOKIE_NAME, settings.LANGUAGE_COOKIE_NAME, "another"):
        client = Client(headers={"Cookie": f"{name}={value}"})
        assert client.get("/api/conversations").json()["type"] == "/problems/invalid"
        assert client.get("/").status_code == client.get("/office/centres/").status_code == 400
        for path in ("/live/events", f"{scene.live}/messages", "/live/blobs/x"):
            answer = ask("GET", path, f"{name}={value}")
            assert json.loads(answer.content)["type"] == "/problems/invalid"


@pytest.mark.parametrize("text", TEXTS)
def test_live_bodies(scene: Scene, text: str) -> None:
    for body in ({**message_body(), "id": text}, {**message_body(), text: 1}, {"blobs": [text]}):
        assert scene.client.refused("POST", f"{scene.live}/messages", body) == "invalid"
    assert scene.client.refused("POST", f"{scene.live}/receipts", {"read": text}) == "invalid"


@pytest.mark.parametrize("text", QUERIES)
def test_pages_say_so_in_words(scene: Scene, text: str) -> None:
    client = Client(headers={"Accept-Language": "ar"})
    for address in (f"/?x={text}", f"/ask/?q={text}&language=ar&topic=work", f"/sign-in/?{text}=1"):
        answer = client.get(address)
        assert answer.status_code == 400
        assert 'dir="rtl"' in answer.content.decode()
    for address in (f"/c/{text}/", f"/centre/{text}/print/", f"/{text}"):
        assert client.get(address).status_code == 404


@pytest.mark.parametrize("text", QUERIES)
def test_the_office_says_so_in_words(scene: Scene, text: str) -> None:
    office = administrator()
    for address in ("topics/edit/{}/", "topics/?q={}", "counsellors/?languages={}", "topics/{}/"):
        answer = office.get(f"/office/{address.format(text)}")
        assert answer.status_code in {400, 404}, address
    form = {"slug": "x", "names_de": "\0", "order": "1"}
    assert office.post("/office/topics/new/", form).status_code == 400
    assert office.post("/office/languages/new/", f"code={text}", FORM).status_code in {200, 400}
    for body in ({"\0": True}, {"a": "\ud800"}):
        answer = office.generic("PATCH", "/office/dismissibles/", json.dumps(body), JSON)
        assert answer.status_code == 400
    assert office.post(f"/office/?{quote(chr(0))}=1").status_code == 400


FORM, JSON = "application/x-www-form-urlencoded", "application/json"


def administrator() -> Client:
    person = make_person(Role.ADMINISTRATOR)
    Person.objects.filter(pk=person.pk).update(is_superuser=True)
    client = Client(raise_request_exception=False)
    let_in(client, person)
    return client
