"""Law: a live thread uses connections of its own, and nothing that it runs opens another one."""

import re
from typing import Any

import pytest
from django.db import connections

from lotse.accounts.models import Person
from lotse.core.asgi_helpers import in_thread, in_writer
from lotse.core.database import alias, atomic, connection, in_transaction, on_commit
from tests.conversations.world import make_person
from tests.support.loop import run
from tests.support.server import ROOT

ALLOWED = {"core/database.py", "demo/load.py", "centres/importing/write.py"}
"""What runs in commands only, and what knows both aliases."""
pytestmark = pytest.mark.usefixtures("any_database")


def opened() -> set[str]:
    """Aliases under which the thread that asks has a connection."""
    return {one.alias for one in connections.all() if one.connection is not None}


def used() -> tuple[str, set[str]]:
    make_person()
    with atomic():
        found = Person.objects.select_for_update().filter(is_active=True).first()
        assert found
        found.save()
    return alias(), opened()


@pytest.mark.parametrize("where", [in_thread, in_writer])
def test_live_threads_use_their_own(where: Any) -> None:
    assert run(where(used)) == ("live", {"live"})


def test_views_and_jobs_use_the_usual_one() -> None:
    assert used()[0] == "default"
    assert opened() == {"default"}


def test_live_connections_come_from_no_pool_and_wait_briefly_for_locks() -> None:
    options = connections["live"].settings_dict["OPTIONS"]
    assert "pool" not in options
    if connections["live"].vendor == "postgresql":

        def lock_timeout() -> str:
            with connection().cursor() as cursor:
                cursor.execute("SHOW lock_timeout")
                return str(cursor.fetchone()[0])

        assert run(in_thread(lock_timeout)) == "1s"
        assert lock_timeout() == "5s"


def test_a_transaction_of_a_live_thread_is_its_own() -> None:
    heard: list[str] = []

    @in_transaction
    def broken() -> None:
        make_person()
        on_commit(lambda: heard.append("broken"))
        raise ZeroDivisionError

    def whole() -> None:
        with atomic(durable=True):
            make_person()
            on_commit(lambda: heard.append(alias()))

    before = Person.objects.count()
    with pytest.raises(ZeroDivisionError):
        run(in_thread(broken))
    assert Person.objects.count() == before
    run(in_thread(whole))
    assert (Person.objects.count(), heard) == (before + 1, ["live"])


def test_rooms_ask_which_one_to_use() -> None:
    """Django's own names mean "default", which on a live thread guards nothing."""
    wrong = [
        str(path.relative_to(ROOT))
        for path in (ROOT / "lotse").rglob("*.py")
        if path.relative_to(ROOT / "lotse").as_posix() not in ALLOWED
        and re.search(r"^from django\.db import .*\btransaction\b", path.read_text(), re.M)
    ]
    assert wrong == []
