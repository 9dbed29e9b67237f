"""Distinguishes a value that is already taken from a write that is wrong because of our own code.

The database reports both as an IntegrityError. Only a taken value may be answered with "conflict":
a browser does not retry after that, and would lose a message to a fault that an update repairs.
"""

from typing import Any

from django.db import IntegrityError
from django.db.models import Model

_UNIQUE_ON_POSTGRES = "23505"
_FOREIGN_KEY_ON_POSTGRES = "23503"


def is_taken(error: IntegrityError, *columns: tuple[type[Model], str]) -> bool:
    """True only if one of these unique fields (model, name) has the value already."""
    found = _constraint(error.__cause__)
    return any(found in _names(model, name) for model, name in columns)


def is_erased(error: IntegrityError) -> bool:
    """Whether the new row refers to a row that another request has just erased."""
    cause: Any = error.__cause__
    is_on_sqlite = getattr(cause, "sqlite_errorname", "").endswith("_FOREIGNKEY")
    return is_on_sqlite or getattr(cause, "sqlstate", "") == _FOREIGN_KEY_ON_POSTGRES


def _constraint(cause: Any) -> str:
    """The constraint (PostgreSQL) or table and column (SQLite); empty if it is not a unique one."""
    if getattr(cause, "sqlstate", "") == _UNIQUE_ON_POSTGRES:
        return str(cause.diag.constraint_name)
    if getattr(cause, "sqlite_errorname", "").endswith(("_UNIQUE", "_PRIMARYKEY")):
        return str(cause).rpartition(": ")[2]
    return ""


def _names(model: type[Model], name: str) -> set[str]:
    field: Any = model._meta.get_field(name)
    table, column = model._meta.db_table, field.column
    # Django and PostgreSQL give these names to constraints that are created with their table.
    return {f"{table}.{column}", f"{table}_pkey", f"{table}_{column}_key"}
