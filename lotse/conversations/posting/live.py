"""POST /live/conversations/…/messages and …/marks."""

import asyncio
import logging
import re
from typing import TypeVar
from uuid import UUID

from django.db import DatabaseError
from pydantic import ValidationError

from lotse.accounts.live import Visitor, person_of
from lotse.conversations.posting.allowance import Slot, spend
from lotse.conversations.posting.batch import Alone, Job, write
from lotse.conversations.posting.mark import Mark
from lotse.conversations.posting.post import Post
from lotse.conversations.schemas import NewMarks, NewMessage
from lotse.core.identifiers import PATTERN, to_id
from lotse.core.limits import BODY_BYTES
from lotse.core.logs import about
from lotse.core.plain import (
    Gone,
    Receive,
    Scope,
    Send,
    answer,
    in_thread,
    read_body,
    refuse,
    refuse_foreign,
)
from lotse.core.problems import Problem, of_database, of_validation
from lotse.core.schema import Strict
from lotse.stream.group_commit import GroupCommit

_ADDRESS = re.compile(f"/live/conversations/({PATTERN})/(messages|marks)")
ROUTE = "/live/conversations/<conversation>/<what>"
"""As log lines name it."""

New = TypeVar("New", bound=Strict)

log = logging.getLogger(__name__)
commit: GroupCommit[Job, bytes] = GroupCommit(write)


async def application(scope: Scope, receive: Receive, send: Send) -> None:
    try:
        status, body = await _answered(scope, receive)
    except Problem as problem:
        await refuse(send, problem)
    except DatabaseError as error:
        away = of_database(error)
        log.exception("a message could not be kept", extra=about(scope, ROUTE, away.status))
        await refuse(send, away)
    except Gone:
        return
    except asyncio.CancelledError:
        # The server stops and waits no longer; what was sent may still be kept, once.
        await refuse(send, Problem("unavailable", retry_after=2))
    else:
        await answer(send, status, body)


async def _answered(scope: Scope, receive: Receive) -> tuple[int, bytes]:
    refuse_foreign(scope)
    person = await person_of(scope)
    if person is None:
        raise Problem("signed-out")
    if not person.may("converse"):
        raise Problem("forbidden")
    address = _ADDRESS.fullmatch(scope["path"])
    if address is None:
        raise Problem("not-found")
    if scope["method"] != "POST":
        raise Problem("method-not-allowed")
    conversation, what = address.groups()
    body = await read_body(receive, BODY_BYTES)
    return await keep(_job(what, person, to_id(conversation), body))


async def keep(job: Job) -> tuple[int, bytes]:
    """Status and answer, once it is durable. Raises Problem and DatabaseError."""
    with Slot(job.person):
        try:
            return job.done, await commit(job)
        except Alone:
            return await in_thread(job.alone)


def _job(what: str, person: Visitor, conversation: UUID, body: bytes) -> Job:
    if what == "messages":
        spend(person.id, len(body))
        return Post(person.id, conversation, _parsed(NewMessage, body))
    marks = _parsed(NewMarks, body)
    return Mark(person.id, conversation, marks.delivered, marks.read)


def _parsed(form: type[New], body: bytes) -> New:
    try:
        return form.model_validate_json(body)
    except ValidationError as error:
        raise of_validation(error) from error
