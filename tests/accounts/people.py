"""People with real keys, made as a browser makes them, who talk to the API in this process."""

import json
from typing import Any

from django.conf import settings
from django.test import Client

from lotse.accounts.models import Person
from lotse.accounts.roles import Role, door_of
from lotse.core.identifiers import new_id
from lotse.demo import crypto
from lotse.keys.actions import register
from lotse.keys.schemas import NewAccount

PASSWORD = "kadibo-remusa"
Answer = Any
"""What Django's test client answers with has no public type."""


class Browser:
    """One person at one browser. Making one costs a real Argon2id."""

    def __init__(self, nickname: str, role: str = Role.CLIENT) -> None:
        self.nickname, self.role = nickname, role
        self.id = new_id()
        self.client = Client()
        self.account, keys, self.code = crypto.create_account(
            str(self.id), PASSWORD, self._strength()
        )
        self.keys: dict[str, Any] = dict(keys)

    @property
    def person(self) -> Person:
        return Person.objects.get(pk=self.id)

    @property
    def session(self) -> str:
        return str(self.client.cookies[settings.SESSION_COOKIE_NAME].value)

    @property
    def secret(self) -> str:
        return str(self.client.defaults["HTTP_AUTHORIZATION"]).removeprefix("Bearer ")

    def get(self, path: str) -> Answer:
        return self.client.get(path)

    def post(self, path: str, body: object = None, method: str = "POST") -> Answer:
        data = b"" if body is None else json.dumps(body).encode()
        answer = self.client.generic(method, path, data, content_type="application/json")
        if answer.status_code in {200, 201} and (secret := told(answer).get("unlock")):
            self.client.defaults["HTTP_AUTHORIZATION"] = f"Bearer {secret}"
        return answer

    def new_account(self, **changed: object) -> dict[str, Any]:
        """Body of POST /api/accounts."""
        body = {"person": str(self.id), "nickname": self.nickname, "language": "de"}
        return body | {"keys": self.keys} | changed

    def with_keys(self, **changed: object) -> dict[str, Any]:
        return self.new_account(keys=self.keys | changed)

    def new_password(self) -> dict[str, Any]:
        return dict(crypto.change_password(self.account, "another-one", self._strength()))

    def _strength(self) -> crypto.account.Strength:
        return "client" if self.role == Role.CLIENT else "staff"

    def sign_in(self, key: str = "") -> Answer:
        key = key or self.keys["sign_in_key"]
        return self.post("/api/sign-in", self.at_door(sign_in_key=key))

    def at_door(self, **fields: object) -> dict[str, object]:
        return {"nickname": self.nickname, "door": door_of(self.role)} | fields

    def elsewhere(self) -> "Browser":
        """The same person, signed in at another browser."""
        other = object.__new__(Browser)
        other.__dict__ = self.__dict__ | {"client": Client()}
        assert other.sign_in().status_code == 200
        return other


def registered(nickname: str, role: str = Role.CLIENT) -> Browser:
    """Registered and signed in."""
    browser = Browser(nickname, role)
    register(NewAccount.model_validate(browser.new_account()), role)
    assert browser.sign_in().status_code == 200
    return browser


def me_in(answer: Answer) -> dict[str, Any]:
    """What signing in tells of the person: all but the secret, which is another each time."""
    return {name: value for name, value in told(answer).items() if name != "unlock"}


def problem(answer: Answer) -> str:
    """The answer's slug; its form is checked as well."""
    assert answer["Content-Type"] == "application/problem+json", answer.content
    body = json.loads(answer.content)
    assert body["status"] == answer.status_code
    return str(body["type"]).removeprefix("/problems/")


def told(answer: Answer) -> Any:
    return json.loads(answer.content)
