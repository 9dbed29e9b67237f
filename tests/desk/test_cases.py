"""The queue: who waits longest first, one taker, and a number of queries that does not grow."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from lotse.conversations.actions.cases import take
from lotse.conversations.models import Case
from lotse.core.identifiers import new_id
from lotse.core.problems import Problem
from lotse.stream.models import Event
from tests.conversations.world import Caller, make_centre, make_counsellor, make_person, opened
from tests.support.database import closing_connections

pytestmark = pytest.mark.usefixtures("any_database")


class Desk:
    def __init__(self) -> None:
        self.centre = make_centre()
        self.me, self.colleague = make_counsellor(self.centre), make_counsellor(self.centre)
        self.caller = Caller(self.me.person)

    def asked(self, **fields: Any) -> Case:
        case = opened(make_person(), self.centre)
        Case.objects.filter(pk=case.pk).update(**fields)
        return case

    def listed(self, query: str) -> list[str]:
        cases = self.caller.told("GET", f"/api/desk/cases?{query}")["cases"]
        return [case["id"] for case in cases]


@pytest.fixture
def desk() -> Desk:
    return Desk()


def ids(*cases: Case) -> list[str]:
    return [str(case.pk) for case in cases]


def test_who_waits_longest_comes_first(desk: Desk) -> None:
    now = timezone.now()
    ages = (1, 3, 2)
    young, oldest, old = (desk.asked(waiting_since=now - timedelta(hours=hours)) for hours in ages)
    answered = desk.asked(waiting_since=None)
    assert desk.listed("state=new") == ids(oldest, old, young, answered)


def test_each_state_has_its_cases(desk: Desk) -> None:
    new, mine, theirs = desk.asked(), desk.asked(), desk.asked()
    take(desk.me.person, mine.pk)
    take(desk.colleague.person, theirs.pk)
    closed = desk.asked(closed_at=timezone.now())
    opened(make_person(), make_centre())
    assert desk.listed("state=new") == ids(new)
    assert desk.listed("state=mine") == ids(mine)
    assert desk.listed("state=centre") == ids(theirs)
    assert desk.listed("state=closed") == ids(closed)


def test_filters_and_pages(desk: Desk) -> None:
    cases = [desk.asked() for _ in range(5)]
    assert len(desk.listed("state=new&language=ar")) == 5
    assert desk.listed("state=new&language=de") == []
    assert desk.listed("state=new&topic=housing") == []
    page = desk.caller.told("GET", "/api/desk/cases?state=new&offset=1&limit=2")
    assert [case["id"] for case in page["cases"]] == ids(*cases[1:3])
    assert page["more"]
    assert not desk.caller.told("GET", "/api/desk/cases?state=new&offset=3&limit=2")["more"]
    for wrong in ("", "state=all", "state=new&limit=0", "state=new&language=%00"):
        assert desk.caller.refused("GET", f"/api/desk/cases?{wrong}") == "invalid"


def test_200_cases_take_as_many_queries_as_two(desk: Desk) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            desk.listed("state=new")
        return len(captured)

    for _ in range(2):
        desk.asked(requested=desk.me)
    few = queries()
    for _ in range(200):
        desk.asked(requested=desk.colleague)
    assert queries() <= few
    assert few <= 15


def test_one_case_as_the_list_shows_it(desk: Desk) -> None:
    case = desk.asked()
    shown = desk.caller.told("GET", f"/api/desk/cases/{case.pk}")
    assert shown["case"]["state"] == "new"
    # Looking at the list makes nobody a member: the client is not told.
    assert desk.caller.refused("GET", f"/api/conversations/{case.pk}/messages") == "not-found"
    assert desk.caller.refused("GET", f"/api/desk/cases/{new_id()}") == "not-found"


def test_taking_tells_everybody(desk: Desk) -> None:
    case = desk.asked()
    taken = desk.caller.told("POST", f"/api/desk/cases/{case.pk}/take")
    assert taken["case"]["counsellor"]["person"] == str(desk.me.person_id)
    assert taken["case"]["state"] == "running"
    desk.caller.told("POST", f"/api/desk/cases/{case.pk}/take")
    client = Event.objects.filter(mailbox__person=case.client_id).order_by("number")
    assert [event.kind for event in client] == ["case", "case"]
    colleague = Event.objects.filter(mailbox__person=desk.colleague.person_id).order_by("number")
    assert [event.kind for event in colleague] == ["queue", "queue"]


def test_only_one_takes_it(desk: Desk) -> None:
    """Both at the same moment, many times."""
    people = [desk.me, desk.colleague]

    @closing_connections
    def race(attempt: tuple[int, Case]) -> str:
        which, case = attempt
        try:
            take(people[which].person, case.pk)
        except Problem as problem:
            return f"{problem.slug} {(problem.extra or {})['by']}"
        return "taken"

    cases = [desk.asked() for _ in range(10)]
    attempts = [(which, case) for case in cases for which in (0, 1)]
    with ThreadPoolExecutor(4) as threads:
        results = list(threads.map(race, attempts))
    for case, first, second in zip(cases, results[::2], results[1::2], strict=True):
        case.refresh_from_db()
        assert case.counsellor
        assert sorted([first, second]) == [f"conflict {case.counsellor.name}", "taken"]


def test_closing(desk: Desk) -> None:
    case = desk.asked()
    desk.caller.told("POST", f"/api/desk/cases/{case.pk}/take")
    for _ in range(2):
        desk.caller.told("POST", f"/api/desk/cases/{case.pk}/close", status=204)
    case.refresh_from_db()
    assert case.closed_at
    assert case.waiting_since is None
    assert desk.listed("state=mine") == []
    assert desk.listed("state=closed") == ids(case)


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "cases?state=new"),
        ("GET", "cases/{}"),
        ("POST", "cases/{}/take"),
        ("POST", "cases/{}/close"),
        ("GET", "profile"),
        ("GET", "absences"),
        ("GET", "choices"),
        ("GET", "invitations"),
        ("GET", "centres"),
    ],
)
def test_who_may_not(desk: Desk, method: str, path: str) -> None:
    path = f"/api/desk/{path.format(desk.asked().pk)}"
    assert Caller(None).refused(method, path) == "signed-out"
    if "choices" not in path:
        assert Caller(make_person()).refused(method, path) == "forbidden"
    if "cases/" in path:
        foreign = Caller(make_counsellor(make_centre()).person)
        assert foreign.refused(method, path) == "not-found"
