"""Chooses the alias of the database (lotse/databases.py) for the current thread.

Code that may run on live threads uses this module. Django's own `transaction.atomic()`,
`on_commit()` and `connection` mean "default": on a live thread they would open a second connection,
and a transaction that protects nothing.
"""

import functools
import threading
from collections.abc import Callable
from typing import Any, ParamSpec, TypeVar

from django.db import connections, transaction

P = ParamSpec("P")
T = TypeVar("T")

_thread = threading.local()


def use_live() -> None:
    """Makes this thread a live one, which uses its own connection from now on."""
    _thread.alias = "live"


def alias() -> str:
    name: str = getattr(_thread, "alias", "default")
    return name


def connection() -> Any:
    return connections[alias()]


def atomic(*, durable: bool = False) -> transaction.Atomic:
    return transaction.atomic(using=alias(), durable=durable)


def in_transaction(work: Callable[P, T]) -> Callable[P, T]:
    """A decorator. Each call uses the alias of the thread that calls."""

    @functools.wraps(work)
    def run(*args: P.args, **kwargs: P.kwargs) -> T:
        with atomic():
            return work(*args, **kwargs)

    return run


def on_commit(act: Callable[[], object], *, robust: bool = False) -> None:
    transaction.on_commit(act, using=alias(), robust=robust)


class ByThread:
    """The router for Django, which sends each query to the thread's alias."""

    def db_for_read(self, model: Any, **hints: Any) -> str:
        return alias()

    def db_for_write(self, model: Any, **hints: Any) -> str:
        return alias()

    def allow_relation(self, one: Any, other: Any, **hints: Any) -> bool:
        """Always, because both aliases are the same database."""
        return True

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool:
        return db == "default"
