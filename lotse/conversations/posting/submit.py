"""Takes the body of a post to a durable answer."""

import logging
import re
from contextlib import suppress
from typing import TypeVar
from uuid import UUID

from pydantic import ValidationError

from lotse.conversations.posting.batch import Job, NeedsOwnTransaction, write
from lotse.conversations.posting.locked_conversation import remembered
from lotse.conversations.posting.post import Post
from lotse.conversations.posting.rate_limits import enter, leave, spend
from lotse.conversations.posting.receipt import Receipt
from lotse.conversations.schemas import NewMessage, NewReceipts
from lotse.core.asgi_helpers import Scope, in_thread
from lotse.core.identifiers import PATTERN
from lotse.core.logs import about
from lotse.core.problems import Problem, of_exception, of_validation
from lotse.core.schema import Strict
from lotse.core.writable import check_json
from lotse.stream.group_commit import GroupCommit

ADDRESS = re.compile(f"/live/conversations/({PATTERN})/(messages|receipts)")
_ROUTE = "/live/conversations/<conversation>/<what>"
"""The route's name in log lines."""

New = TypeVar("New", bound=Strict)

log = logging.getLogger(__name__)
commit: GroupCommit[Job, bytes] = GroupCommit(write)


def job_of(what: str, person: UUID, conversation: UUID, body: bytes) -> Job:
    """Raises Problem. `what` comes from ADDRESS."""
    if what == "messages":
        spend(person, len(body))
        return Post(person, conversation, _parsed(NewMessage, body))
    receipts = _parsed(NewReceipts, body)
    return Receipt(person, conversation, receipts.delivered, receipts.read)


def _parsed(form: type[New], body: bytes) -> New:
    try:
        return form.model_validate_json(body)
    except ValidationError as error:
        # To pydantic, half of a surrogate pair is not JSON. The API tells both apart.
        check_json(body)
        raise of_validation(error) from error


async def submit(job: Job) -> tuple[int, bytes]:
    """Status and answer, once the write is durable. Raises Problem and DatabaseError."""
    enter(job.person)
    try:
        return await submitted(job)
    finally:
        leave(job.person)


def is_expected(job: Job) -> bool:
    """Whether a batch is so unlikely to refuse the job that no check has to come first.

    A refused job must not lock a conversation, nor cause a commit that the disk has to sync.
    """
    known = remembered(job.conversation)
    return (
        not job.is_alone and known is not None and job.person in known.members and job.fits(known)
    )


async def submitted(job: Job) -> tuple[int, bytes]:
    """`submit` for a job that is counted already."""
    if not job.is_alone:
        if not is_expected(job):
            await in_thread(job.check)
        with suppress(NeedsOwnTransaction):
            return job.done, await commit(job)
    return await in_thread(job.in_own_transaction)


def problem_of(error: Exception, scope: Scope) -> Problem:
    """The problem for the sender. Logs errors that somebody has to look at."""
    problem = of_exception(error)
    if problem is not error:
        fields = about(scope, _ROUTE, problem.status)
        log.error("a message could not be stored", exc_info=error, extra=fields)
    return problem
