"""The fast path past ASGI for posts of people who are remembered; asgi.py answers all others."""

import asyncio
from collections.abc import Coroutine
from functools import partial
from typing import Any
from uuid import UUID

from lotse.accounts.asgi import Visitor, remembered, shown
from lotse.conversations.posting.batch import Job, NeedsOwnTransaction
from lotse.conversations.posting.rate_limits import enter, leave
from lotse.conversations.posting.submit import (
    ADDRESS,
    commit,
    is_expected,
    job_of,
    problem_of,
    submitted,
)
from lotse.core.asgi_helpers import in_thread, is_from_elsewhere
from lotse.core.identifiers import to_id
from lotse.core.origin import is_our_host
from lotse.core.problems import Problem
from lotse.core.protocol import Exchange, FastPathProtocol, Take

_SCOPE = {"method": "POST"}


def begin(url: bytes, headers: dict[bytes, bytes]) -> Take | None:
    """None if something has to be looked up or refused: asgi.py does that."""
    address = ADDRESS.fullmatch(url.decode("latin-1"))
    given = shown(headers.get(b"cookie", b""), headers.get(b"authorization", b""))
    if not address or not given or is_from_elsewhere("POST", headers):
        return None
    key = given.key
    if not _known(key):
        return None
    if not is_our_host(headers.get(b"host", b"").decode("latin-1")):
        return None
    conversation, what = address.groups()
    return partial(_take, what, to_id(conversation), key)


def _known(key: bytes) -> Visitor | None:
    visitor = remembered(key)
    return visitor if visitor and visitor.may("converse") else None


def _take(what: str, conversation: UUID, key: bytes, body: bytes, exchange: Exchange) -> None:
    try:
        visitor = _known(key)
        if visitor is None:
            # The session may have ended while the body was on its way.
            raise Problem("unavailable", retry_after=1)
        job = job_of(what, visitor.id, conversation, body)
        enter(visitor.id)
    except Exception as error:
        exchange.refuse(problem_of(error, _SCOPE))
        return
    if is_expected(job):
        commit.add(job, partial(_done, job, exchange))
    else:
        exchange.work = asyncio.ensure_future(_answer(submitted(job), job, exchange))


def _done(job: Job, exchange: Exchange, outcome: bytes | Exception) -> None:
    if isinstance(outcome, NeedsOwnTransaction):
        exchange.work = asyncio.ensure_future(
            _answer(in_thread(job.in_own_transaction), job, exchange)
        )
        return
    leave(job.person)
    if isinstance(outcome, Exception):
        exchange.refuse(problem_of(outcome, _SCOPE))
    else:
        exchange.answer(job.done, outcome)


async def _answer(
    work: Coroutine[Any, Any, tuple[int, bytes]], job: Job, exchange: Exchange
) -> None:
    try:
        exchange.answer(*await work)
    except Exception as error:
        exchange.refuse(problem_of(error, _SCOPE))
    finally:
        leave(job.person)


class Protocol(FastPathProtocol):
    begin = staticmethod(begin)
