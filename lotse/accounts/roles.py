"""Who may do what: the one table."""

from django.db import models


class Role(models.TextChoices):
    CLIENT = "client"
    COUNSELLOR = "counsellor"
    COORDINATOR = "coordinator"
    ADMINISTRATOR = "administrator"


PERMISSIONS: dict[str, frozenset[str]] = {
    Role.CLIENT: frozenset({"ask", "converse"}),
    Role.COUNSELLOR: frozenset({"converse", "counsel"}),
    Role.COORDINATOR: frozenset({"invite"}),
    Role.ADMINISTRATOR: frozenset({"invite", "office"}),
}


def may(role: str, permission: str) -> bool:
    return permission in PERMISSIONS.get(role, frozenset())
