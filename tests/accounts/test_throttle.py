from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.test import RequestFactory
from django.utils import timezone

from lotse import env
from lotse.accounts import throttle
from lotse.accounts.models import Bucket
from lotse.core.problems import Problem

RATE = throttle.Rate("test", 3, 60)


def drain(subject: str = "amal") -> Problem:
    with pytest.raises(Problem) as raised:
        for _ in range(10):
            throttle.take(RATE, subject)
    return raised.value


def age(seconds: float) -> None:
    for bucket in Bucket.objects.all():
        bucket.filled_at -= timedelta(seconds=seconds)
        bucket.save()


@pytest.mark.django_db
def test_a_burst_then_one_at_a_time() -> None:
    for _ in range(3):
        throttle.take(RATE, "amal")
    refused = drain()
    assert refused.slug == "too-many-attempts"
    assert refused.retry_after is not None
    assert 59 <= refused.retry_after <= 60
    age(61)
    throttle.take(RATE, "amal")
    drain()


@pytest.mark.django_db
def test_waiting_long_fills_no_more_than_the_bucket() -> None:
    drain()
    age(100_000)
    for _ in range(3):
        throttle.take(RATE, "amal")
    drain()


@pytest.mark.django_db
def test_a_clock_set_back_neither_locks_out_nor_lets_in() -> None:
    drain()
    age(-3600)
    assert drain().retry_after == 60
    age(61)
    throttle.take(RATE, "amal")
    drain()


@pytest.mark.django_db
def test_subjects_and_rates_do_not_share() -> None:
    drain("amal")
    throttle.take(RATE, "nadia")
    throttle.take(throttle.Rate("other", 3, 60), "amal")


@pytest.mark.django_db
def test_success_forgets() -> None:
    drain()
    throttle.forget(RATE, "amal")
    throttle.take(RATE, "amal")


@pytest.mark.django_db
def test_old_buckets_go(monkeypatch: pytest.MonkeyPatch) -> None:
    throttle.take(RATE, "amal")
    Bucket.objects.update(filled_at=timezone.now() - timedelta(days=2))
    monkeypatch.setattr("secrets.randbelow", lambda below: 0)
    throttle.take(RATE, "nadia")
    assert Bucket.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_an_attempt_cannot_be_rolled_back() -> None:
    with pytest.raises(RuntimeError), transaction.atomic():
        throttle.take(RATE, "amal")


@pytest.mark.parametrize(
    ("proxies", "forwarded", "remote", "address"),
    [
        (0, "", "192.0.2.1", "192.0.2.1"),
        (0, "198.51.100.7", "192.0.2.1", "192.0.2.1"),
        (1, "198.51.100.7", "127.0.0.1", "198.51.100.7"),
        (1, "10.0.0.1, 198.51.100.7", "127.0.0.1", "198.51.100.7"),
        (2, "10.0.0.1, 198.51.100.7, 127.0.0.2", "127.0.0.1", "198.51.100.7"),
        (2, "198.51.100.7", "127.0.0.1", "127.0.0.1"),
        (1, "nonsense", "127.0.0.1", "unknown"),
        (0, "", "", "unknown"),
        (0, "", "2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        (0, "", "::ffff:192.0.2.1", "192.0.2.1"),
    ],
)
def test_only_our_own_proxies_are_believed(
    proxies: int, forwarded: str, remote: str, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(env, "PROXIES", proxies)
    headers: dict[str, Any] = {"X-Forwarded-For": forwarded} if forwarded else {}
    request = RequestFactory().get("/", headers=headers, REMOTE_ADDR=remote)
    assert throttle.address_of(request) == address
