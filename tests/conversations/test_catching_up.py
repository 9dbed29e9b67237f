"""Who joins conversations while her line is down: their messages were numbered without her."""

from collections.abc import Iterator

import pytest

from lotse.conversations.actions.cases import enter
from lotse.conversations.actions.messages import post
from lotse.conversations.models import Message
from lotse.stream import queries
from lotse.stream.queries import BATCH
from tests.conversations.world import (
    make_centre,
    make_counsellor,
    make_person,
    new_message,
    opened,
)
from tests.stream.line import Line
from tests.support.streams import unconnected
from tests.support.visitor import unlocked

pytestmark = pytest.mark.usefixtures("any_database")


@pytest.fixture
def line() -> Iterator[Line]:
    with unconnected() as line:
        yield line


def test_messages_of_one_number_all_come(line: Line) -> None:
    messages, last = join_cases(line, cases=4, each=6)
    line.wait_for(last)
    shown = line.heard + line.got
    assert {one.data["message"]["id"] for one in shown if one.kind == "message"} == messages
    assert [one.kind for one in shown].count("case") == 4
    numbers = [one.id for one in line.got]
    assert numbers == sorted(set(numbers))


def test_more_of_one_number_than_a_batch_are_loaded_anew(line: Line) -> None:
    join_cases(line, cases=BATCH, each=1)
    line.wait(lambda line: line.ended)
    assert [one.kind for one in line.heard] == ["reload"]
    assert not line.got


def join_cases(line: Line, cases: int, each: int) -> tuple[set[str], int]:
    """Clients whose mailboxes are alike, and she joins them all.

    The ids of what they said, and the number of her newest event.
    """
    centre = make_centre()
    opened_cases = [opened(make_person(), centre) for _ in range(cases)]
    for case in opened_cases:
        for _ in range(each):
            post(case.client, case.pk, new_message())
    person = make_counsellor(centre).person
    for case in opened_cases:
        enter(person, case.pk)
    line.show(unlocked(person))
    line.connect()
    said_later = Message.objects.filter(conversation__case__in=opened_cases, number__gt=1)
    ids = {str(pk) for pk in said_later.values_list("pk", flat=True)}
    return ids, queries.cursor(person.pk)
