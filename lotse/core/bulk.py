"""Reads and writes many rows at once without the ORM's overhead, for the path of every message.

Only the models describe tables and rules. This module saves the building of statements and the
choice of converters for each call.
"""

import functools
import sqlite3
from collections.abc import Callable, Collection, Iterator
from operator import attrgetter
from typing import Any
from uuid import UUID

from django.db.models import Field, ForeignKey, Model, QuerySet, UUIDField
from django.db.models.expressions import RawSQL
from pydantic_core import from_json, to_json

from lotse.core.database import connection
from lotse.core.identifiers import to_id


class Given(RawSQL):
    """A placeholder in a compiled statement for a value that each call passes."""

    def __init__(self, name: str, field: "Field[Any, Any]") -> None:
        super().__init__("%s", [_Name(name)], field)


class _Name(str):
    __slots__ = ()


_IDS = _Name("ids")
MAX_ROWS = 1024
"""Rows in one statement, because SQLite accepts about 32,000 values."""
Row = tuple[Any, ...]


class Lookup:
    """A query by ids, compiled once. `make` takes the value for `__in` and returns a values_list().

    Ids are UUIDs, or numbers with `by=int`. Other values have names (Given). A query that locks
    rows needs a transaction.
    """

    def __init__(
        self, make: Callable[[RawSQL], QuerySet[Any, Any]], by: type[UUID | int] = UUID
    ) -> None:
        self._make, self._by = make, by
        self._compiled: dict[str, tuple[str, list[Any], list[Any]]] = {}

    def __call__(self, ids: Collection[UUID] | Collection[int], **values: object) -> list[Row]:
        database = connection()
        sql, names, converters = self._of(database)
        if database.vendor == "postgresql":
            with database.cursor() as cursor:
                cursor.execute(sql, _filled(names, values | {_IDS: list(ids)}))
                rows = cursor.fetchall()
        else:
            given = to_json([one.hex if isinstance(one, UUID) else one for one in ids]).decode()
            found = _on_sqlite(database, sql, _filled(names, values | {_IDS: given}))
            rows = from_json(found.fetchone()[0])
        return list(zip(*_by_column(rows, converters), strict=True))

    def _of(self, database: Any) -> tuple[str, list[Any], list[Any]]:
        if database.vendor not in self._compiled:
            is_postgres = database.vendor == "postgresql"
            array = "uuid[]" if self._by is UUID else "bigint[]"
            given = f"unnest(%s::{array})" if is_postgres else "value FROM json_each(%s)"
            query = self._make(RawSQL(f"SELECT {given}", [_IDS])).query  # noqa: S611
            compiler = query.get_compiler(connection=database)
            sql, values = compiler.as_sql()
            columns = compiler.select[: compiler.col_count]
            if not is_postgres:
                # All in one row, because Python's SQLite module releases the GIL at each row.
                names = ", ".join(f'"{alias}"' for _, _, alias in columns)
                sql = f"SELECT json_group_array(json_array({names})) FROM ({sql})"
                sql = sql.replace("%s", "?")
            converters = [_reader(column, database) for column, *_ in columns]
            self._compiled[database.vendor] = sql, list(values), converters
        return self._compiled[database.vendor]


class Write:
    """One statement for many rows of a model. `run` sends several statements together."""

    def __init__(self, model: type[Model], *names: str, key: str = "") -> None:
        """Inserts the named fields. With `key`, updates them in the rows with the given keys.

        A row has the values in this order, `key` last. Values of a JSONField are JSON already.
        """
        self._table, self._key = model._meta.db_table, key
        given = (*names, key) if key else names
        self._fields: list[Any] = [model._meta.get_field(name) for name in given]
        self._columns = [f'"{field.column}"' for field in self._fields]
        self._writers: dict[str, list[Any]] = {}

    def for_postgres(self, rows: Collection[Row], database: Any) -> tuple[str, list[Any]]:
        """The statement, and one list of values for each column."""
        arrays = ", ".join(f"%s::{field.db_type(database)}[]" for field in self._fields)
        return self._statement(f"SELECT * FROM unnest({arrays})"), self._columns_of(rows, database)

    def for_sqlite(self, rows: Collection[Row], database: Any) -> Iterator[tuple[str, list[Any]]]:
        """Yields each statement with its values."""
        converted = list(zip(*self._columns_of(rows, database), strict=True))
        while converted:
            # In powers of two there are few different statements, and SQLite keeps them compiled.
            count = min(MAX_ROWS, 1 << (len(converted).bit_length() - 1))
            part, converted = converted[:count], converted[count:]
            yield self._for_sqlite(count), [value for row in part for value in row]

    @functools.cache  # noqa: B019 - a Write lives as long as the process
    def _for_sqlite(self, count: int) -> str:
        row = f"({', '.join('?' * len(self._fields))})"
        return self._statement(f"VALUES {', '.join([row] * count)}")

    def _columns_of(self, rows: Collection[Row], database: Any) -> list[list[Any]]:
        if database.vendor not in self._writers:
            self._writers[database.vendor] = [_writer(field, database) for field in self._fields]
        return _by_column(rows, self._writers[database.vendor])

    def _statement(self, rows: str) -> str:
        names = ", ".join(self._columns)
        if not self._key:
            return f'INSERT INTO "{self._table}" ({names}) {rows}'
        *changed, key = self._columns
        sets = ", ".join(f"{column} = new.{column}" for column in changed)
        return (
            f"WITH new ({names}) AS ({rows}) "
            f'UPDATE "{self._table}" AS old SET {sets} FROM new WHERE old.{key} = new.{key}'
        )


def run(*writes: tuple[Write, Collection[Row]]) -> None:
    """Runs the writes in this order, and on PostgreSQL in one round trip."""
    database = connection()
    if database.vendor != "postgresql":
        for write, rows in writes:
            for statement, values in write.for_sqlite(rows, database):
                _on_sqlite(database, statement, values)
    elif prepared := [write.for_postgres(rows, database) for write, rows in writes if rows]:
        statements, columns = zip(*prepared, strict=True)
        with database.cursor() as cursor:
            cursor.execute("; ".join(statements), [one for each in columns for one in each])


def _on_sqlite(database: Any, statement: str, values: list[Any]) -> sqlite3.Cursor:
    """Bypasses Django's cursor, which searches the whole statement for %s each time."""
    database.ensure_connection()
    with database.wrap_database_errors:
        found: sqlite3.Cursor = database.connection.execute(statement, values)
        return found


def _filled(places: list[Any], values: dict[str, object]) -> list[Any]:
    return [values[one] if isinstance(one, _Name) else one for one in places]


def _by_column(rows: Collection[Row], converters: list[Any]) -> list[list[Any]]:
    return [
        list(map(convert, column) if convert else column)
        for column, convert in zip(zip(*rows, strict=True), converters, strict=bool(rows))
    ]


def _is_uuid(field: Any) -> bool:
    return isinstance(field.target_field if isinstance(field, ForeignKey) else field, UUIDField)


def _reader(column: Any, database: Any) -> Callable[[Any], Any] | None:
    if _is_uuid(column.output_field):
        return None if database.vendor == "postgresql" else _uuid_or_none
    field, ops = column.output_field, database.ops
    converters = [*ops.get_db_converters(column), *field.get_db_converters(database)]
    if not converters:
        return None
    # The same few values recur, so the results are cached.
    return functools.lru_cache(2**14)(
        lambda value: functools.reduce(
            lambda value, convert: convert(value, column, database), converters, value
        )
    )


def _uuid_or_none(value: str | None) -> UUID | None:
    return value and to_id(value)  # type: ignore[return-value]


def _writer(field: Any, database: Any) -> Callable[[Any], Any] | None:
    if _is_uuid(field):
        return None if database.vendor == "postgresql" else attrgetter("hex")
    if field.get_internal_type() == "DateTimeField":
        # All rows of a batch have the same time, so the result is cached.
        return functools.lru_cache(64)(
            lambda value: field.get_db_prep_save(value, connection=database)
        )
    return None
