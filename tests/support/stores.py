"""The store that a server under test uses."""

import os
from uuid import UUID

from lotse.conversations.blobs.folder import FolderStore
from lotse.conversations.blobs.s3 import S3Store
from lotse.conversations.blobs.store import Store
from tests.support.server import Server


def s3_store(settings: dict[str, str]) -> S3Store:
    names = ("ENDPOINT", "BUCKET", "KEY", "SECRET")
    endpoint, bucket, key, secret = (settings[f"LOTSE_S3_{name}"] for name in names)
    return S3Store(endpoint, bucket, key, secret, "us-east-1")


def store_of(server: Server) -> Store:
    if "LOTSE_S3_BUCKET" in server.environment:
        return s3_store(server.environment)
    return FolderStore(server.data / "blobs")


def keep(store: Store, blob: UUID, index: int, sealed: bytes = b"") -> bytes:
    """Stores a chunk, by default of random bytes; its bytes."""
    sealed = sealed or os.urandom(300)
    sink = store.create(blob, index)
    sink.write(sealed)
    sink.keep()
    sink.drop()
    return sealed


def everything_in(store: Store) -> dict[tuple[UUID, int], bytes]:
    found = {}
    for place in store.chunks():
        with store.open(*place) as file:
            found[place] = file.read()
    return found
