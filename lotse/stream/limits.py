"""Limits the open streams of one address. Each process counts for itself, in its event loop."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from lotse import env
from lotse.core.problems import Problem

_open: Counter[str] = Counter()


def check(address: str) -> None:
    """Raises Problem "too-many-attempts" if the address has as many streams as it may.

    Several requests at the same moment may all pass: a few more streams are harmless.
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
