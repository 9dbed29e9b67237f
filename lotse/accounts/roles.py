"""The one table of who may do what."""

from typing import Literal

from django.db import models


class Role(models.TextChoices):
    CLIENT = "client"
    COUNSELLOR = "counsellor"
    COORDINATOR = "coordinator"
    ADMINISTRATOR = "administrator"


Door = Literal["client", "staff"]
"""The page where a person signs in. Each door has its own password strength (docs/keys.md)."""


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
