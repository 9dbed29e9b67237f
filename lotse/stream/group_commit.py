"""Puts all waiting writes into one durable transaction: the disk syncs once for all of them."""

import asyncio
import functools
import logging
from collections import deque
from collections.abc import Callable
from math import inf
from time import monotonic
from typing import Generic, TypeVar

from django.db import Error, InterfaceError, OperationalError

from lotse.core import metrics
from lotse.core.asgi_helpers import in_writer
from lotse.core.database import atomic, connection
from lotse.core.problems import Problem, of_exception

MAX_BATCH = 256
"""Writes in one transaction."""
MAX_QUEUED = 4096
"""Writes that may wait. Further ones are refused with Retry-After."""
LOOP_TURNS = 3
"""Turns of the event loop after which every request that has arrived waits here."""
MIN_COMMIT_INTERVAL = 0.003
"""Seconds between commits under constant load: larger batches save more than this costs."""
RETRY_TIMEOUT = 5.0
"""Seconds for which a failed transaction is retried in smaller parts."""

log = logging.getLogger(__name__)

Job = TypeVar("Job")
Done = TypeVar("Done")


class GroupCommit(Generic[Job, Done]):
    """`write` gets jobs in the order of their coming, in a transaction on the writer's thread.

    It returns outcomes in the same order; an exception among them belongs to that job alone. If it
    raises, or if the commit fails, the jobs are retried in smaller groups, so that only the faulty
    job fails. A single job is retried once: perhaps only the connection had died.
    """

    def __init__(self, write: Callable[[list[Job]], list[Done | Exception]]) -> None:
        self._write = write
        self._waiting: deque[tuple[Job, Callable[[Done | Exception], None]]] = deque()
        self._run: asyncio.Task[None] | None = None

    async def __call__(self, job: Job) -> Done:
        """Returns after the commit. Raises what `write` answered, or a Problem."""
        future: asyncio.Future[Done] = asyncio.get_running_loop().create_future()
        self.add(job, functools.partial(_settle, future))
        return await future

    def add(self, job: Job, done: Callable[[Done | Exception], None]) -> None:
        """Calls `done` with the outcome in this loop; at once with a Problem if too many wait."""
        if len(self._waiting) >= MAX_QUEUED:
            metrics.REFUSED.inc()
            done(Problem("unavailable", retry_after=2))
            return
        self._waiting.append((job, done))
        if self._run is None:
            self._run = asyncio.create_task(self._commit_all())

    async def _commit_all(self) -> None:
        ended_at = -inf
        while self._waiting:
            await asyncio.sleep(max(0, ended_at + MIN_COMMIT_INTERVAL - monotonic()))
            # Requests that arrived at the same moment join this commit.
            for _ in range(LOOP_TURNS):
                await asyncio.sleep(0)
            count = min(MAX_BATCH, len(self._waiting))
            jobs, waiting = zip(*(self._waiting.popleft() for _ in range(count)), strict=True)
            metrics.WAITING.set(len(self._waiting))
            metrics.BATCH.observe(count)
            with metrics.COMMIT.time():
                outcomes = await self._outcomes(list(jobs))
            ended_at = monotonic()
            for done, outcome in zip(waiting, outcomes, strict=True):
                _tell(done, outcome)
        self._run = None

    async def _outcomes(self, jobs: list[Job]) -> list[Done | Exception]:
        try:
            return await in_writer(self._commit, jobs, monotonic() + RETRY_TIMEOUT)
        except Exception as error:
            # Otherwise no later write would be carried out.
            log.exception("a commit failed unexpectedly")
            return [of_exception(error)] * len(jobs)

    def _commit(self, jobs: list[Job], until: float, again: bool = False) -> list[Done | Exception]:
        try:
            with atomic(durable=True):
                if again:
                    _wait_briefly()
                return self._write(jobs)
        except Exception as error:
            if isinstance(error, (OperationalError, InterfaceError)):
                # The connection may be dead: the next attempt gets a new one.
                connection().close()
            is_final = len(jobs) == 1 and (again or not isinstance(error, Error))
            if is_final or monotonic() > until:
                log.exception("a write failed")
                return [of_exception(error)] * len(jobs)
        if len(jobs) == 1:
            return self._commit(jobs, until, again=True)
        half = len(jobs) // 2
        first, second = jobs[:half], jobs[half:]
        return self._commit(first, until, again=True) + self._commit(second, until, again=True)


def _wait_briefly() -> None:
    """Waits only briefly for locks: each part that waits in vain delays the others."""
    if connection().vendor == "postgresql":
        with connection().cursor() as cursor:
            cursor.execute("SET LOCAL lock_timeout = '50ms'")


def _tell(done: Callable[[Done | Exception], None], outcome: Done | Exception) -> None:
    try:
        done(outcome)
    except Exception:
        # The other senders must still hear of theirs.
        log.exception("a sender could not be told of the outcome")


def _settle(future: asyncio.Future[Done], outcome: Done | Exception) -> None:
    if future.done():
        return  # the browser has disconnected meanwhile
    if isinstance(outcome, Exception):
        future.set_exception(outcome)
    else:
        future.set_result(outcome)
