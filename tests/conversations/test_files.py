"""Files that are begun, posted and pruned at the same moment."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest
from django.db.models import QuerySet
from django.utils import timezone

from lotse.conversations.actions.files import MAX_DAILY_CHUNKS, arrive, begin, claim
from lotse.conversations.actions.messages import post
from lotse.conversations.blobs import asgi
from lotse.conversations.models import Blob, Message
from lotse.core.identifiers import new_id
from lotse.core.limits import CHUNKS
from lotse.core.problems import Problem
from tests.conversations.scene import Scene
from tests.conversations.world import new_message
from tests.support.database import closing_connections

pytestmark = pytest.mark.usefixtures("any_database")


def test_many_at_once_find_no_more_room_than_one_after_the_other(scene: Scene) -> None:
    count = 30
    barrier = Barrier(count)

    def begin_one(_: int) -> bool:
        barrier.wait(20)
        try:
            begin(scene.person, scene.case.pk, new_id(), CHUNKS)
        except Problem as problem:
            assert problem.slug == "too-many-attempts"
            return False
        return True

    with ThreadPoolExecutor(count) as threads:
        begun = list(threads.map(closing_connections(begin_one), range(count)))
    assert sum(begun) == MAX_DAILY_CHUNKS // CHUNKS


def test_what_is_pruned_while_it_is_posted_is_not_promised(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    blob = new_id()
    begin(scene.person, scene.case.pk, blob, 1)
    claim(blob, 0, 300, bytes(32))
    arrive(blob, 0)
    update = QuerySet.update

    def pruned_first(rows: Any, **values: Any) -> int:
        if rows.model is Blob and "message" in values:
            Blob.objects.filter(id=blob).delete()
        return update(rows, **values)

    monkeypatch.setattr(QuerySet, "update", pruned_first)
    new = new_message(blobs=[str(blob)])
    with pytest.raises(Problem) as refused:
        post(scene.person, scene.case.pk, new)
    assert refused.value.slug == "conflict"
    assert not Message.objects.filter(id=new.id).exists()


def test_an_upload_that_goes_on_is_not_taken_for_abandoned(scene: Scene) -> None:
    blob, long_ago = new_id(), timezone.now() - timedelta(days=2)
    begin(scene.person, scene.case.pk, blob, 1)
    Blob.objects.filter(id=blob).update(made_at=long_ago)
    begin(scene.person, scene.case.pk, blob, 1)
    assert Blob.objects.get(id=blob).made_at > long_ago + timedelta(days=1)


def test_every_upload_counts_and_repeated_and_refused_ones_too(
    scene: Scene, monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Path
) -> None:
    settings.BLOBS = tmp_path / "blobs"
    monkeypatch.setattr(asgi, "MAX_DAILY_BYTES", 1000)
    blob = new_id()
    begin(scene.person, scene.case.pk, blob, 1)
    path = f"/live/blobs/{scene.case.pk}/{blob}/0"
    sealed, other = bytes(300), bytes([1]) * 300
    told = [scene.client("PUT", path, one).status_code for one in (sealed, sealed, other, sealed)]
    assert told == [204, 204, 409, 429]
    elsewhere = Scene()
    blob = new_id()
    begin(elsewhere.person, elsewhere.case.pk, blob, 1)
    put = elsewhere.client("PUT", f"/live/blobs/{elsewhere.case.pk}/{blob}/0", sealed)
    assert put.status_code == 204
