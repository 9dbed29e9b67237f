"""A centre, its people and what their browsers would send: ciphertext is random, in true form."""

import json
import secrets
from typing import Any

from django.test import Client

from lotse.accounts.models import Person
from lotse.accounts.roles import Role
from lotse.centres.models import Centre, Counsellor, Language, Organisation
from lotse.conversations.actions.cases import open_case
from lotse.conversations.models import Case
from lotse.conversations.schemas import NewCase, NewMessage
from lotse.core.identifiers import new_id, to_text
from lotse.keys import pepper
from lotse.keys.models import AccountKeys, GroupEpoch, GroupWrap
from tests.support.plain import ask
from tests.support.visitor import let_in


def make_centre(name: str = "") -> Centre:
    name = name or f"Haus {new_id()}"
    Language.objects.get_or_create(code="ar")
    organisation = Organisation.objects.create(name=f"Verband {new_id()}")
    centre = Centre.objects.create(organisation=organisation, name=name, slug=str(new_id()))
    GroupEpoch.objects.create(
        group=centre.id,
        number=1,
        key_id=secrets.token_bytes(8),
        box_public=secrets.token_bytes(1216),
    )
    return centre


def make_person(role: str = Role.CLIENT) -> Person:
    person = Person(nickname=str(new_id()), role=role)
    person.set_unusable_password()
    person.save()
    return person


def give_keys(person: Person) -> None:
    """As registering does; the bytes are random, in true size."""
    sizes = {
        "salt": 16,
        "wrapped_by_recovery": 77,
        "private_keys": 109,
        "identity_public": 32,
        "box_public": 1216,
        "box_signature": 64,
        "box_key_id": 8,
    }
    AccountKeys.objects.create(
        person=person,
        memory_kib=19456,
        passes=2,
        wrapped_by_password=pepper.seal(person.pk, b"\x01" + secrets.token_bytes(76)),
        **{name: b"\x01" + secrets.token_bytes(size - 1) for name, size in sizes.items()},
    )


def make_counsellor(centre: Centre, *, is_admitted: bool = True) -> Counsellor:
    person = make_person(Role.COUNSELLOR)
    if is_admitted:
        for epoch in GroupEpoch.objects.filter(group=centre.pk):
            GroupWrap.objects.create(epoch=epoch, person=person, wrapped=b"")
    return Counsellor.objects.create(
        person=person, centre=centre, name=person.nickname, slug=str(new_id())
    )


def sealed(size: int, begin: bytes = b"\x01") -> str:
    return to_text(begin + secrets.token_bytes(size - len(begin)))


def body(blocks: int = 1) -> str:
    return sealed(37 + 256 * blocks)


def case_body(at: Centre, /, **changed: Any) -> dict[str, Any]:
    """Body of POST /api/cases."""
    keys = {
        "epoch": 1,
        "key_id": to_text(secrets.token_bytes(8)),
        "client_wrap": sealed(77),
        "centre_wrap": sealed(1185),
        "centre_epoch": 1,
    }
    new = {
        "conversation": str(new_id()),
        "centre": str(at.id),
        "counsellor": None,
        "language": "ar",
        "topic": None,
        "place": "Köln",
        "keys": keys,
        "message": {"id": str(new_id()), "body": body()},
    }
    return new | changed


def message_body(**changed: Any) -> dict[str, Any]:
    return {"id": str(new_id()), "epoch": 1, "body": body(), "blobs": []} | changed


def opened(client: Person, centre: Centre, **changed: Any) -> Case:
    return open_case(client, NewCase.model_validate(case_body(centre, **changed)))[0]


def new_message(**changed: Any) -> NewMessage:
    return NewMessage.model_validate(message_body(**changed))


class Caller:
    """Somebody's browser, talking to the API in this process."""

    def __init__(self, person: Person | None) -> None:
        self.client = Client()
        if person:
            let_in(self.client, person)

    def __call__(self, method: str, path: str, body: Any = None) -> Any:
        data = (
            body if isinstance(body, bytes) else b"" if body is None else json.dumps(body).encode()
        )
        if path.startswith("/live/"):
            cookie = self.client.cookies.output(header="", sep=";").strip()
            secret = self.client.defaults.get("HTTP_AUTHORIZATION", "")
            return ask(method, path, cookie, data, authorization=secret)
        return self.client.generic(method, path, data, content_type="application/json")

    def told(self, method: str, path: str, body: Any = None, status: int = 200) -> Any:
        answer = self(method, path, body)
        assert answer.status_code == status, answer.content
        return json.loads(answer.content) if answer.content else None

    def refused(self, method: str, path: str, body: Any = None) -> str:
        """The problem's slug."""
        answer = self(method, path, body)
        kind = {name.lower(): value for name, value in answer.headers.items()}["content-type"]
        assert kind == "application/problem+json", answer.content
        return str(json.loads(answer.content)["type"]).removeprefix("/problems/")
