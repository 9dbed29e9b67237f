"""Tells a value that is taken already from a write that our own code got wrong.

The database reports both as an IntegrityError. Only the first is the request's conflict: whoever
is told "conflict" does not try again, and would lose a message to a fault that ends with an update.
"""

from typing import Any

from django.db import IntegrityError
from django.db.models import Model

_UNIQUE_ON_POSTGRES = "23505"
_FOREIGN_KEY_ON_POSTGRES = "23503"


def is_taken(error: IntegrityError, *columns: tuple[type[Model], str]) -> bool:
    """Whether one of these unique fields (model, name) has this value already, and nothing else."""
    found = _constraint(error.__cause__)
    return any(found in _names(model, name) for model, name in columns)


def is_erased(error: IntegrityError) -> bool:
    """Whether a row that the new one refers to is not there: erased at this very moment."""
    cause: Any = error.__cause__
    is_on_sqlite = getattr(cause, "sqlite_errorname", "").endswith("_FOREIGNKEY")
    return is_on_sqlite or getattr(cause, "sqlstate", "") == _FOREIGN_KEY_ON_POSTGRES


def _constraint(cause: Any) -> str:
    """PostgreSQL names the constraint, SQLite table and column; empty where it is another kind."""
    if getattr(cause, "sqlstate", "") == _UNIQUE_ON_POSTGRES:
        return str(cause.diag.constraint_name)
    if getattr(cause, "sqlite_errorname", "").endswith(("_UNIQUE", "_PRIMARYKEY")):
        return str(cause).rpartition(": ")[2]
    return ""


def _names(model: type[Model], name: str) -> set[str]:
    field: Any = model._meta.get_field(name)
    table, column = model._meta.db_table, field.column
    # As Django and PostgreSQL name the constraints of a table that is made with them.
    return {f"{table}.{column}", f"{table}_pkey", f"{table}_{column}_key"}
