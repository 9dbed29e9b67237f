"""Counts how much of each rate is used up, in memory, or in Redis if several processes share it.

Each rate has a fixed number of slots. Subjects with colliding keyed hashes share a slot, which is
rare and fails closed. Memory is therefore bounded, and a flood cannot displace anybody's count.
A slot holds the time at which it will be full again (GCRA, the leaky bucket as a meter).
"""

import functools
import hmac
import logging
import threading
from array import array
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from time import monotonic
from typing import Protocol, TypeVar

from django.conf import settings
from redis import Redis, RedisError
from redis.backoff import NoBackoff
from redis.retry import Retry

SLOTS = 2**16
REPLY_TIMEOUT = 0.5
"""Seconds that an attempt waits for Redis."""
RETRY_INTERVAL = 5.0
"""Seconds after a failure of Redis before the next request to it."""

T = TypeVar("T")
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Rate:
    """`burst` attempts at once, then one every `seconds`."""

    name: str
    burst: int
    seconds: float


class Counter(Protocol):
    def take(self, rate: Rate, slot: int) -> float:
        """Takes one attempt and returns 0. If none is left, returns the seconds to wait."""

    def refill(self, rate: Rate, slot: int) -> None: ...

    def is_full(self, rate: Rate, slot: int) -> bool:
        """Whether no attempt is used up."""


def slot_of(rate: Rate, subject: str) -> int:
    # Keyed, so that an attacker cannot compute which subjects share a slot.
    message = f"throttle\n{rate.name}\n{subject}".encode("utf-8", "surrogatepass")
    digest = hmac.digest(settings.SECRET_KEY.encode(), message, "sha256")
    return int.from_bytes(digest[:8]) % SLOTS


class InMemory:
    def __init__(self) -> None:
        self._tables: defaultdict[str, array[float]] = defaultdict(
            lambda: array("d", bytes(8 * SLOTS))
        )
        self._lock = threading.Lock()

    def take(self, rate: Rate, slot: int) -> float:
        now = monotonic()
        with self._lock:
            new_at = max(self._tables[rate.name][slot], now)
            wait = new_at - now - (rate.burst - 1) * rate.seconds
            if wait > 0:
                return wait
            self._tables[rate.name][slot] = new_at + rate.seconds
        return 0

    def refill(self, rate: Rate, slot: int) -> None:
        with self._lock:
            self._tables[rate.name][slot] = 0

    def is_full(self, rate: Rate, slot: int) -> bool:
        with self._lock:
            return self._tables[rate.name][slot] <= monotonic()


_TAKE = """
local time = redis.call('TIME')
local now, seconds = time[1] + time[2] / 1000000, tonumber(ARGV[2])
local new_at = math.max(tonumber(redis.call('GET', KEYS[1]) or 0), now)
local wait = new_at - now - (ARGV[1] - 1) * seconds
if wait > 0 then return tostring(wait) end
new_at = new_at + seconds
redis.call('SET', KEYS[1], string.format('%.6f', new_at), 'PX', math.ceil((new_at - now) * 1000))
return '0'
"""


class InRedis:
    """While Redis is away, each process counts alone, which multiplies the allowed attempts."""

    def __init__(self, address: str) -> None:
        self._redis = Redis.from_url(
            address,
            socket_timeout=REPLY_TIMEOUT,
            socket_connect_timeout=REPLY_TIMEOUT,
            retry=Retry(NoBackoff(), 0),
        )
        self._take = self._redis.register_script(_TAKE)
        self._memory = InMemory()
        self._away_until = 0.0

    def take(self, rate: Rate, slot: int) -> float:
        def shared() -> float:
            return float(self._take(keys=[_key(rate, slot)], args=[rate.burst, rate.seconds]))

        return self._ask(shared, lambda: self._memory.take(rate, slot))

    def refill(self, rate: Rate, slot: int) -> None:
        self._memory.refill(rate, slot)
        self._ask(lambda: self._redis.delete(_key(rate, slot)), lambda: None)

    def is_full(self, rate: Rate, slot: int) -> bool:
        return self._ask(
            lambda: not self._redis.exists(_key(rate, slot)),
            lambda: self._memory.is_full(rate, slot),
        )

    def _ask(self, shared: Callable[[], T], alone: Callable[[], T]) -> T:
        if monotonic() >= self._away_until:
            try:
                return shared()
            except RedisError as error:
                self._away_until = monotonic() + RETRY_INTERVAL
                log.warning("Redis is away, attempts are counted in this process alone: %s", error)
        return alone()


def _key(rate: Rate, slot: int) -> str:
    return f"lotse:throttle:{rate.name}:{slot}"


@functools.cache
def counter() -> Counter:
    return InRedis(settings.REDIS) if settings.REDIS else InMemory()
