"""A flood of one person is that person's alone."""

from typing import Any

import pytest

from lotse.conversations.models import Message
from lotse.conversations.posting import rate_limits
from lotse.conversations.posting.rate_limits import MAX_WAITING
from tests.conversations.posting.test_batch import Scene
from tests.conversations.scene import Scene as Http
from tests.conversations.world import message_body, new_message

pytestmark = pytest.mark.usefixtures("any_database")


def test_who_sends_too_much_at_once_waits_alone() -> None:
    flood, other = Scene(), Scene()
    posts = [flood.post(flood.client) for _ in range(MAX_WAITING + 20)]
    outcomes = flood.at_once(*posts, other.post(other.client))
    refused = [one for one in outcomes if not isinstance(one, tuple)]
    assert [one.slug for one in refused] == ["too-many-attempts"] * 20
    assert {one.retry_after for one in refused} == {1}
    assert outcomes[-1][0] == 201
    assert flood.at_once(flood.post(flood.client, new_message()))[0][0] == 201


def test_nobody_fills_the_disk_with_messages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rate_limits, "MAX_DAILY_BYTES", 5000)
    flood, other = Http(), Http()

    def post(scene: Http) -> Any:
        return scene.client("POST", f"{scene.live}/messages", message_body())

    answers = [post(flood) for _ in range(20)]
    kept = [one for one in answers if one.status_code == 201]
    late = answers[-1]
    assert 1 < len(kept) < 20
    assert late.status_code == 429
    assert Message.objects.filter(conversation__id=flood.case.pk).count() == 1 + len(kept)
    assert post(other).status_code == 201
