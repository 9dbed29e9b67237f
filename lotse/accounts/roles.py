"""Who may do what: the one table."""

from typing import Literal

from django.db import models


class Role(models.TextChoices):
    CLIENT = "client"
    COUNSELLOR = "counsellor"
    COORDINATOR = "coordinator"
    ADMINISTRATOR = "administrator"


Door = Literal["client", "staff"]
"""Where somebody signs in: each has passwords of a strength of its own (docs/keys.md)."""


def door_of(role: str) -> Door:
    return "client" if role == Role.CLIENT else "staff"


PERMISSIONS: dict[str, frozenset[str]] = {
    Role.CLIENT: frozenset({"ask", "converse"}),
    Role.COUNSELLOR: frozenset({"converse", "counsel"}),
    Role.COORDINATOR: frozenset({"invite"}),
    Role.ADMINISTRATOR: frozenset({"invite", "office"}),
}


def may(role: str, permission: str) -> bool:
    return permission in PERMISSIONS.get(role, frozenset())
