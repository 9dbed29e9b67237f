"""SQL that copies rows, for SQLite and PostgreSQL."""
# ruff: noqa: S608 - SQL of constants and column names, for a temporary database

from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Model


def copy(model: type[Model], which: dict[str, Any], source: str, **changed: str) -> None:
    """Copies the row that `which` selects once for each row of `source`; `changed` has SQL."""
    fields = [field for field in model._meta.concrete_fields if field.column]
    columns = [f.column for f in fields if f.column in changed or not _is_counted(f)]
    values = ", ".join(changed.get(name, f'old."{name}"') for name in columns)
    names = ", ".join(f'"{name}"' for name in columns)
    table = f'"{model._meta.db_table}"'
    where = " AND ".join(f'old."{name}" = %s' for name in which)
    given = [one.hex if isinstance(one, UUID) else one for one in which.values()]
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} ({names}) SELECT {values} FROM {table} old, {source}"
            f" WHERE {where}",
            given,
        )


def _is_counted(field: Any) -> bool:
    return field.get_internal_type() in {"BigAutoField", "AutoField"}


def series(count: int) -> str:
    if connection.vendor == "postgresql":
        return f"generate_series(1, {count}) AS n(i)"
    more = f"SELECT i + 1 FROM c WHERE i < {count}"
    return f"(WITH RECURSIVE c(i) AS (SELECT 1 UNION ALL {more}) SELECT i FROM c) n"


def made(kind: int) -> str:
    """SQL for the id of copy number i."""
    if connection.vendor == "postgresql":
        return f"(lpad(to_hex({kind}), 8, '0') || lpad(to_hex(i), 24, '0'))::uuid"
    return f"printf('%%08x%%024x', {kind}, i)"


def text(made: str) -> str:
    """SQL for an id as JSON contains it."""
    if connection.vendor == "postgresql":
        return f"({made})::text"
    return f"(substr({made}, 1, 8) || '-0000-0000-0000-' || substr({made}, 21))"


def uuid(column: str) -> str:
    return f"{column}::uuid" if connection.vendor == "postgresql" else column


def count(table: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table}")
        return int(cursor.fetchone()[0])
