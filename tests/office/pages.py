"""The office as a browser without script sees it."""

from typing import Any

from django.test import Client

from lotse.accounts.models import Person
from tests.support.visitor import let_in


def signed_in(role: str, **fields: Any) -> Client:
    client = Client(headers={"accept-language": "en"})
    # By the cookie alone: the office's pages hold no secret.
    let_in(client, Person.objects.create(nickname=role, role=role, **fields))
    del client.defaults["HTTP_AUTHORIZATION"]
    return client


def page(client: Client, path: str, status: int = 200) -> str:
    response = client.get(f"/office/{path}")
    assert response.status_code == status, response.content[:500]
    return response.content.decode()


def save(client: Client, path: str, **values: Any) -> str:
    """Posts a form; an empty answer means that it was saved."""
    response = client.post(f"/office/{path}", values)
    assert response.status_code in {200, 302}
    return response.content.decode() if response.status_code == 200 else ""
