"""POST /live/conversations/…/messages and …/receipts."""

import asyncio

from lotse.accounts.asgi import person_of
from lotse.conversations.posting.submit import ADDRESS, job_of, problem_of, submit
from lotse.core.asgi_helpers import (
    Gone,
    Receive,
    Scope,
    Send,
    answer,
    read_body,
    refuse,
    refuse_foreign,
)
from lotse.core.identifiers import to_id
from lotse.core.limits import BODY_BYTES
from lotse.core.problems import Problem


async def application(scope: Scope, receive: Receive, send: Send) -> None:
    try:
        status, body = await _answered(scope, receive)
    except Gone:
        return
    except asyncio.CancelledError:
        # The server stops and does not wait. The message may still be stored, under its id once.
        await refuse(send, Problem("unavailable", retry_after=2))
    except Exception as error:
        await refuse(send, problem_of(error, scope))
    else:
        await answer(send, status, body)


async def _answered(scope: Scope, receive: Receive) -> tuple[int, bytes]:
    refuse_foreign(scope)
    body = await read_body(scope, receive, BODY_BYTES)
    # Look up the person only now: a session that ends while the body arrives must not post.
    person = await person_of(scope)
    if person is None:
        raise Problem("signed-out")
    if not person.may("converse"):
        raise Problem("forbidden")
    address = ADDRESS.fullmatch(scope["path"])
    if address is None:
        raise Problem("not-found")
    if scope["method"] != "POST":
        raise Problem("method-not-allowed")
    conversation, what = address.groups()
    return await submit(job_of(what, person.id, to_id(conversation), body))
