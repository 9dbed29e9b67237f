"""The short way past ASGI (core/protocol.py) for whoever is known: all else is live.py's."""

import asyncio
from functools import partial
from uuid import UUID

from lotse.accounts.live import remembered
from lotse.conversations.posting.allowance import enter, leave
from lotse.conversations.posting.batch import Alone, Job
from lotse.conversations.posting.keep import ADDRESS, commit, job_of, problem_of
from lotse.core.identifiers import to_id
from lotse.core.plain import in_thread, is_from_elsewhere
from lotse.core.protocol import Exchange, Take

_SCOPE = {"method": "POST"}


def begin(url: bytes, headers: dict[bytes, bytes]) -> Take | None:
    """None where there is something to look up or to refuse."""
    address = ADDRESS.fullmatch(url.decode("latin-1"))
    visitor = address and remembered(headers.get(b"cookie", b""))
    if not address or not visitor or not visitor.may("converse"):
        return None
    if is_from_elsewhere("POST", headers):
        return None
    conversation, what = address.groups()
    return partial(_take, what, visitor.id, to_id(conversation))


def _take(what: str, person: UUID, conversation: UUID, body: bytes, exchange: Exchange) -> None:
    try:
        job = job_of(what, person, conversation, body)
        enter(person)
    except Exception as error:
        exchange.refuse(problem_of(error, _SCOPE))
    else:
        commit.add(job, partial(_done, job, exchange))


def _done(job: Job, exchange: Exchange, outcome: bytes | Exception) -> None:
    if isinstance(outcome, Alone):
        exchange.work = asyncio.ensure_future(_alone(job, exchange))
        return
    leave(job.person)
    if isinstance(outcome, Exception):
        exchange.refuse(problem_of(outcome, _SCOPE))
    else:
        exchange.answer(job.done, outcome)


async def _alone(job: Job, exchange: Exchange) -> None:
    try:
        exchange.answer(*await in_thread(job.alone))
    except Exception as error:
        exchange.refuse(problem_of(error, _SCOPE))
    finally:
        leave(job.person)
