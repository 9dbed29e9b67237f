"""Which alias of the database a thread uses (lotse/databases.py), for all that may run on either.

Django's own `transaction.atomic()`, `on_commit()` and `connection` mean "default". On a live thread
they would open a second connection, and a transaction that guards nothing.
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
    """From now on this thread, a live one, uses connections of its own."""
    _thread.alias = "live"


def alias() -> str:
    name: str = getattr(_thread, "alias", "default")
    return name


def connection() -> Any:
    return connections[alias()]


def atomic(*, durable: bool = False) -> transaction.Atomic:
    return transaction.atomic(using=alias(), durable=durable)


def in_transaction(work: Callable[P, T]) -> Callable[P, T]:
    """A decorator. The alias is asked for at each call, by the thread that calls."""

    @functools.wraps(work)
    def run(*args: P.args, **kwargs: P.kwargs) -> T:
        with atomic():
            return work(*args, **kwargs)

    return run


def on_commit(act: Callable[[], object], *, robust: bool = False) -> None:
    transaction.on_commit(act, using=alias(), robust=robust)


class ByThread:
    """Django's router: every query of a thread goes to the thread's alias."""

    def db_for_read(self, model: Any, **hints: Any) -> str:
        return alias()

    def db_for_write(self, model: Any, **hints: Any) -> str:
        return alias()

    def allow_relation(self, one: Any, other: Any, **hints: Any) -> bool:
        """Both aliases are one database."""
        return True

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool:
        return db == "default"
