"""The same of every store: a folder, and a real S3-compatible store over the wire."""

import os
import time
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from lotse.conversations.blobs.folder import FolderStore
from lotse.conversations.blobs.store import Store
from lotse.core.identifiers import new_id
from lotse.core.limits import CHUNK_BYTES, TAG_BYTES
from tests.support.s3 import OwnS3
from tests.support.stores import everything_in, keep, s3_store

WHOLE = os.urandom(CHUNK_BYTES + TAG_BYTES)
PIECE = 64 * 1024


@pytest.fixture(params=["folder", "s3"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Store:
    if request.param == "folder":
        return FolderStore(tmp_path / "blobs")
    s3: OwnS3 = request.getfixturevalue("s3")
    return s3_store(s3.settings())


def test_what_is_kept_is_read_in_pieces(store: Store) -> None:
    blob = new_id()
    sink = store.create(blob, 24)
    for at in range(0, len(WHOLE), PIECE):
        sink.write(WHOLE[at : at + PIECE])
    assert not list(store.chunks())
    sink.keep()
    sink.drop()
    with store.open(blob, 24) as file:
        pieces = list(iter(lambda: file.read(PIECE), b""))
    assert b"".join(pieces) == WHOLE
    assert {len(piece) for piece in pieces} == {PIECE, TAG_BYTES}


def test_a_chunk_that_was_there_is_replaced(store: Store) -> None:
    blob = new_id()
    keep(store, blob, 0, b"first")
    keep(store, blob, 0, b"second and longer")
    assert everything_in(store) == {(blob, 0): b"second and longer"}


def test_an_upload_given_up_leaves_nothing(store: Store) -> None:
    blob = new_id()
    sink = store.create(blob, 0)
    sink.write(WHOLE)
    sink.drop()
    assert not list(store.chunks())
    assert not list(store.older(timezone.now() + timedelta(minutes=1)))
    with pytest.raises(FileNotFoundError):
        store.open(blob, 0)


def test_all_chunks_of_one_file_are_deleted(store: Store) -> None:
    blob, other = new_id(), new_id()
    for index in (0, 1, 10):
        keep(store, blob, index)
    kept = keep(store, other, 1)
    store.delete(blob)
    store.delete(blob)
    store.delete(new_id())
    assert everything_in(store) == {(other, 1): kept}


def test_older_by_the_last_chunk(store: Store) -> None:
    going_on, left = new_id(), new_id()
    for blob in (going_on, left):
        keep(store, blob, 0)
        keep(store, blob, 1)
    # Stores tell the time in whole seconds.
    time.sleep(1.1)
    between = timezone.now()
    time.sleep(1.1)
    keep(store, going_on, 2)
    assert list(store.older(between)) == [left]
    assert sorted(store.older(timezone.now() + timedelta(minutes=1))) == sorted([going_on, left])


def test_many_files_are_all_found(store: Store) -> None:
    blobs = {new_id() for _ in range(60)}
    for blob in blobs:
        keep(store, blob, 0)
    assert {blob for blob, _ in store.chunks()} == blobs


def test_it_answers_and_nothing_changes(store: Store, tmp_path: Path) -> None:
    store.check()
    assert not list(store.chunks())
    assert not list(tmp_path.iterdir())
