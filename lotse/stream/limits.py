"""How many streams one address may hold open: the loop's own count, for one process."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from lotse import env
from lotse.core.problems import Problem

_open: Counter[str] = Counter()


def check(address: str) -> None:
    """Raises Problem "too-many-attempts" where the address has as many as it may.

    Some that ask at the same moment may all pass; a few streams more are harmless.
    """
    if _open[address] >= env.MAX_STREAMS_PER_ADDRESS:
        raise Problem("too-many-attempts", retry_after=60)


@contextmanager
def counted(address: str) -> Iterator[None]:
    _open[address] += 1
    try:
        yield
    finally:
        _open[address] -= 1
        if not _open[address]:
            del _open[address]
