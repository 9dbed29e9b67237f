import threading
from collections.abc import Callable, Iterator

import pytest
from redis import Redis

from lotse.accounts import counters, throttle
from lotse.accounts.counters import SLOTS, Counter, InMemory, InRedis, Rate
from lotse.core.problems import Problem
from tests.support.redis import OwnRedis

RATE = Rate("test", 3, 60)
QUICK = Rate("quick", 2, 0.05)


@pytest.fixture(scope="module")
def redis() -> Iterator[OwnRedis]:
    redis = OwnRedis().start()
    yield redis
    redis.kill()


@pytest.fixture(params=["memory", "redis"])
def counter(request: pytest.FixtureRequest) -> Counter:
    if request.param == "memory":
        return InMemory()
    own: OwnRedis = request.getfixturevalue("redis")
    Redis.from_url(own.address).flushall()
    return InRedis(own.address)


def test_a_burst_then_one_at_a_time(counter: Counter) -> None:
    assert counter.is_full(RATE, 1)
    assert [counter.take(RATE, 1) for _ in range(3)] == [0, 0, 0]
    assert not counter.is_full(RATE, 1)
    # What is refused takes nothing, and asks for no longer patience.
    assert all(59 < counter.take(RATE, 1) <= 60 for _ in range(5))


def test_it_fills_again_and_no_further(counter: Counter) -> None:
    for _ in range(3):
        counter.take(QUICK, 1)
    wait = threading.Event().wait
    while not counter.is_full(QUICK, 1):
        wait(0.01)
    assert [counter.take(QUICK, 1) for _ in range(2)] == [0, 0]
    assert counter.take(QUICK, 1) > 0


def test_subjects_and_rates_do_not_share(counter: Counter) -> None:
    for _ in range(3):
        counter.take(RATE, 1)
    assert counter.take(RATE, 2) == 0
    assert counter.take(Rate("other", 3, 60), 1) == 0


def test_success_refills(counter: Counter) -> None:
    for _ in range(4):
        counter.take(RATE, 1)
    counter.refill(RATE, 1)
    assert counter.is_full(RATE, 1)
    assert counter.take(RATE, 1) == 0


def test_tries_at_once_count_each(counter: Counter) -> None:
    rate = Rate("race", 10, 60)
    waits: list[float] = []
    threads = [
        threading.Thread(target=lambda: waits.append(counter.take(rate, 1))) for _ in range(30)
    ]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert waits.count(0) == 10


def test_processes_share_what_redis_counts(redis: OwnRedis) -> None:
    one, other = InRedis(redis.address), InRedis(redis.address)
    rate = Rate("shared", 2, 60)
    assert (one.take(rate, 1), other.take(rate, 1)) == (0, 0)
    assert one.take(rate, 1) > 0
    other.refill(rate, 1)
    assert one.is_full(rate, 1)


def test_without_redis_attempts_are_still_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(counters, "RETRY_INTERVAL", 0.0)
    own = OwnRedis().start()
    counter = InRedis(own.address)
    assert counter.take(RATE, 1) == 0
    own.kill()
    assert [counter.take(RATE, 1) for _ in range(3)] == [0, 0, 0]
    assert counter.take(RATE, 1) > 0
    counter.refill(RATE, 1)
    assert counter.is_full(RATE, 1)
    own.start()
    # It counts again what it counted before; memory of its absence does not matter.
    assert counter.take(RATE, 1) == 0
    own.kill()


def test_what_redis_keeps_goes_by_itself_and_names_nobody(redis: OwnRedis) -> None:
    kept = Redis.from_url(redis.address)
    kept.flushall()
    counter = InRedis(redis.address)
    counter.take(RATE, counters.slot_of(RATE, "amal"))
    (key,) = kept.keys()
    assert b"amal" not in key
    assert 0 < kept.pttl(key) <= 60_000


def test_memory_is_bounded_however_many_are_named() -> None:
    counter = InMemory()
    for number in range(100_000):
        counter.take(RATE, counters.slot_of(RATE, f"n{number}"))
    assert [len(table) for table in counter._tables.values()] == [SLOTS]


def test_a_refusal_says_how_long_to_wait() -> None:
    for _ in range(3):
        throttle.take(RATE, "amal")
    with pytest.raises(Problem) as raised:
        throttle.take(RATE, "amal")
    assert (raised.value.slug, raised.value.retry_after) == ("too-many-attempts", 60)
    throttle.refill(RATE, "amal")
    throttle.take(RATE, "amal")


def test_a_name_that_cannot_be_encoded_is_counted(counter: Counter) -> None:
    count: Callable[[], int] = lambda: counters.slot_of(RATE, "\ud800")  # noqa: E731
    assert count() == count()
