"""Refuses a database of a newer version, which would misread rows that this version writes."""

from collections.abc import Iterable
from typing import Any

from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader

from lotse import __version__
from lotse.conversations.models import Installation

Name = tuple[str, str]
"""A migration's app and name."""


def remember(**_: Any) -> None:
    """Saves the version that has migrated or served this database. Also receives a signal."""
    if Installation._meta.db_table in connection.introspection.table_names():
        Installation.objects.filter(pk=1).update(version=__version__)


def last() -> str:
    """The version that last used this database; empty if unknown."""
    try:
        return Installation.objects.values_list("version", flat=True).first() or ""
    except DatabaseError:
        return ""  # a newer version may keep it elsewhere


def applied(loader: MigrationLoader) -> list[Name]:
    return sorted(loader.applied_migrations)


def newer(migrations: Iterable[Name], version: str) -> str:
    """A message if this version does not know some migrations, which are newer; otherwise empty."""
    known = MigrationLoader(None, ignore_no_migrations=True).disk_migrations
    replaced = {tuple(one) for migration in known.values() for one in migration.replaces}
    unknown = sorted(set(migrations) - known.keys() - replaced)
    if not unknown:
        return ""
    named = f"Lotse {version}" if version not in {"", __version__} else "a newer version of Lotse"
    listed = ", ".join(".".join(one) for one in unknown[:3])
    return f"It is from {named} ({listed}), and this is Lotse {__version__}: install that version."
