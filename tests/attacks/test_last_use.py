"""Attack: somebody who has the database wants to know when a person was last here."""

from datetime import timedelta

import pytest
from django.utils import timezone

from lotse.accounts.jobs import prune_sessions
from lotse.accounts.models import IDLE_LIMIT, Unlock
from tests.accounts.people import registered

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("keep", "left"), [(False, 0), (True, 1)])
def test_the_daily_pruning_forgets_it_unless_the_person_stays_signed_in(
    keep: bool, left: int
) -> None:
    amal = registered("amal")
    amal.post("/api/unlock", {"sign_in_key": amal.keys["sign_in_key"], "keep": keep})
    Unlock.objects.update(used_at=timezone.now() - IDLE_LIMIT - timedelta(seconds=1))
    Unlock.objects.filter(pk__lt=Unlock.objects.latest("pk").pk).delete()
    prune_sessions.work()
    assert Unlock.objects.count() == left
    assert amal.person.last_login is None
