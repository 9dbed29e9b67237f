"""Law: whatever happens in between, each member gets each event once and in order.

Posts run at the same time as connections break and come back; a broken line loses what was on it.
"""

import json
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    rule,
    run_state_machine_as_test,
)

from lotse.accounts.asgi import listener_of
from lotse.accounts.models import Person
from lotse.conversations.actions.cases import close, enter, take
from lotse.conversations.actions.messages import withdraw
from lotse.conversations.delivery import deliverable, said
from lotse.conversations.posting.post import Post
from lotse.conversations.posting.receipt import Receipt
from lotse.conversations.posting.submit import submit
from lotse.conversations.schemas import NewMessage
from lotse.stream import asgi, queries
from tests.conversations.world import (
    make_centre,
    make_counsellor,
    make_person,
    new_message,
    opened,
)
from tests.stream.line import Line, Loop
from tests.support.database import closing_connections
from tests.support.visitor import unlocked

PEOPLE = st.integers(0, 3)
"""Two clients, each with a case; two counsellors of one centre, members of both."""
CASES = st.integers(0, 1)


class Talk(RuleBasedStateMachine):
    loop: Loop
    threads: ThreadPoolExecutor

    @initialize()
    def people(self) -> None:
        centre = make_centre()
        clients = [make_person(), make_person()]
        staff = [make_counsellor(centre).person, make_counsellor(centre).person]
        self.cases = [opened(client, centre).conversation_id for client in clients]
        for conversation in self.cases:
            take(staff[0], conversation)
            enter(staff[1], conversation)
        self.people_ = clients + staff
        application = asgi.events(listener_of, said, deliverable)
        self.lines = [
            Line(application, self.loop, cursor=queries.cursor(person.pk))
            for person in self.people_
        ]
        for line, person in zip(self.lines, self.people_, strict=True):
            line.show(unlocked(person))
        self.started = [line.cursor for line in self.lines]
        self.posted: list[tuple[int, Future[Any]]] = []
        self.others: list[Future[Any]] = []

    def _may_post(self, person: int, case: int) -> bool:
        return person >= 2 or person == case

    @rule(bursts=st.lists(st.tuples(PEOPLE, CASES), min_size=1, max_size=6))
    def post(self, bursts: list[tuple[int, int]]) -> None:
        for person, case in bursts:
            if self._may_post(person, case):
                future = self._meanwhile(self._send, person, case, new_message())
                self.posted.append((case, future))

    def _send(self, person: Person, conversation: UUID, new: NewMessage) -> dict[str, Any]:
        job = submit(Post(person.pk, conversation, new))
        sent: dict[str, Any] = json.loads(self.loop.run(job)[1])
        return sent | {"person": person, "conversation": conversation}

    @rule(person=PEOPLE)
    def connect(self, person: int) -> None:
        self.lines[person].cut()
        self.lines[person].connect()

    @rule(person=PEOPLE)
    def cut(self, person: int) -> None:
        self.lines[person].cut()

    @rule(person=PEOPLE, case=CASES, read=st.integers(0, 20))
    def mark(self, person: int, case: int, read: int) -> None:
        if self._may_post(person, case):
            job = Receipt(self.people_[person].pk, self.cases[case], read, read)
            self.others.append(self.threads.submit(self.loop.run, submit(job)))

    @rule(case=CASES)
    def close(self, case: int) -> None:
        self._meanwhile(close, 2, case)

    @rule(which=st.integers(0, 50))
    def withdraw(self, which: int) -> None:
        done = [one for _, one in self.posted if one.done()]
        if done:
            message = done[which % len(done)].result()
            arguments = (message["person"], message["conversation"], UUID(message["id"]))
            self.others.append(self.threads.submit(closing_connections(withdraw), *arguments))

    def _meanwhile(self, verb: Any, person: int, case: int, *rest: Any) -> Future[Any]:
        who, where = self.people_[person], self.cases[case]
        self.others.append(self.threads.submit(closing_connections(verb), who, where, *rest))
        return self.others[-1]

    def teardown(self) -> None:
        if not hasattr(self, "lines"):
            return
        for future in self.others:
            future.result(60)
        messages = [(case, future.result(60)) for case, future in self.posted]
        for person, line in enumerate(self.lines):
            if line.ended:
                line.connect()
            last = queries.cursor(self.people_[person].pk)
            line.wait_for(last)
            self._check(person, line, messages)
            line.cut()

    def _check(self, person: int, line: Line, messages: list[tuple[int, dict[str, Any]]]) -> None:
        ids = [int(self.started[person]), *(one.id for one in line.got)]
        assert ids == sorted(set(ids))
        for case, conversation in enumerate(self.cases):
            got = [
                one.data["message"]
                for one in line.got
                if one.kind == "message" and one.data["conversation"] == str(conversation)
            ]
            sent = [message for where, message in messages if where == case]
            if not self._may_post(person, case):
                assert not got
                continue
            assert sorted(one["id"] for one in got) == sorted(one["id"] for one in sent)
            assert [one["number"] for one in got] == list(range(2, len(sent) + 2))


@pytest.fixture
def talk() -> Iterator[type[Talk]]:
    Talk.loop, Talk.threads = Loop(), ThreadPoolExecutor(4)
    yield Talk
    Talk.threads.shutdown()
    Talk.loop.close()


def test_each_member_gets_each_event_once_and_in_order(talk: type[Talk], any_database: str) -> None:
    run_state_machine_as_test(
        talk,
        settings=settings(
            max_examples=20,
            stateful_step_count=25,
            deadline=None,
            # With threads no failure comes twice in the same way: nothing to shrink or replay.
            phases=[Phase.generate],
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
