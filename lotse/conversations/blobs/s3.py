"""Sealed chunks in a bucket of an S3-compatible store: `<blob>/<index>`."""

import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from itertools import groupby
from typing import IO
from uuid import UUID

from obstore.exceptions import BaseError
from obstore.store import S3Store as Bucket

from lotse.conversations.blobs.folder import OWNER
from lotse.conversations.blobs.store import Away

IN_MEMORY = 64 * 1024
"""Larger chunks wait on disk: slow browsers must not fill the memory."""
_NAME = re.compile("([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})/([0-9]{1,2})")
_FORMS = {
    "LOTSE_S3_ENDPOINT": r"https?://[\w.:\[\]-]+(/[\w./-]*)?",
    "LOTSE_S3_BUCKET": r"[\w.-]+",
    "LOTSE_S3_KEY": "[!-~]+",
    "LOTSE_S3_SECRET": "[!-~]+",
    "LOTSE_S3_REGION": r"[\w-]+",
}
"""The client library crashes on other values."""
_SAID = {
    "NoSuchBucket": "There is no bucket LOTSE_S3_BUCKET: create it.",
    "InvalidAccessKeyId": "LOTSE_S3_KEY is not known there: copy key and secret again.",
    "SignatureDoesNotMatch": "LOTSE_S3_SECRET does not fit LOTSE_S3_KEY: copy both again.",
    "AccessDenied": "LOTSE_S3_KEY may not do that: let it list the bucket, and read, write and "
    "delete what is in it.",
    "AuthorizationHeaderMalformed": "LOTSE_S3_REGION is not the region of that store.",
    "RequestTimeTooSkewed": "This machine's clock is wrong: set it.",
}
"""Our words for the store's error codes."""


class S3Store:
    shared = True

    def __init__(self, endpoint: str, bucket: str, key: str, secret: str, region: str) -> None:
        given = zip(_FORMS.items(), (endpoint, bucket, key, secret, region), strict=True)
        for (name, form), value in given:
            if not re.fullmatch(form, value, re.ASCII):
                raise OSError(f"{name} is missing or not of its form: see docs/operate.md.")
        self.bucket = Bucket(
            bucket,
            # Under this name, so that no variable of the AWS tools takes precedence.
            aws_endpoint_url_s3=endpoint,
            access_key_id=key,
            secret_access_key=secret,
            region=region,
            virtual_hosted_style_request=False,
            # Not every store knows how to delete many at once.
            disable_bulk_delete=True,
            client_options={
                "allow_http": True,
                "connect_timeout": timedelta(seconds=3),
                "timeout": timedelta(seconds=20),
            },
            retry_config={"max_retries": 2, "retry_timeout": timedelta(seconds=10)},
        )

    def create(self, blob: UUID, index: int) -> "S3Sink":
        return S3Sink(self.bucket, f"{blob}/{index}")

    def open(self, blob: UUID, index: int) -> IO[bytes]:
        """Fetches the chunk whole, so that a slow browser holds no connection to the store."""
        file = tempfile.SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115
        with _plainly():
            for piece in self.bucket.get(f"{blob}/{index}").stream(IN_MEMORY):
                file.write(piece)
        file.seek(0)
        return file

    def delete(self, blob: UUID) -> None:
        with _plainly():
            self.bucket.delete([name for name, _ in self._objects(f"{blob}/")])

    def chunks(self) -> Iterator[tuple[UUID, int]]:
        for blob, index, _ in self._all():
            yield blob, index

    def older(self, before: datetime) -> Iterator[UUID]:
        # Stores list by name, so the chunks of a blob are next to each other.
        for blob, parts in groupby(self._all(), key=lambda part: part[0]):
            if max(came_at for _, _, came_at in parts) < before:
                yield blob

    def claim(self, mark: str) -> None:
        # Otherwise the daily pruning of one would delete the files of the other as strays.
        try:
            with _plainly():
                found = bytes(self.bucket.get(OWNER).bytes())
        except FileNotFoundError:
            with _plainly():
                self.bucket.put(OWNER, mark.encode(), use_multipart=False)
        else:
            if found != mark.encode():
                raise OSError(
                    "LOTSE_S3_BUCKET belongs to another installation: give each a bucket of its "
                    f"own. Where this one takes its place for good, delete {OWNER} in it."
                )

    def check(self) -> None:
        # The cheapest request that needs the right address, bucket and key.
        with suppress(FileNotFoundError):
            self.open(UUID(int=0), 0)

    def _all(self) -> Iterator[tuple[UUID, int, datetime]]:
        for name, came_at in self._objects():
            # Leave alone what others have put there.
            if found := _NAME.fullmatch(name):
                yield UUID(found[1]), int(found[2]), came_at

    def _objects(self, prefix: str | None = None) -> Iterator[tuple[str, datetime]]:
        with _plainly():
            for page in self.bucket.list(prefix):
                yield from ((one["path"], one["last_modified"]) for one in page)


class S3Sink:
    """The store shows an object only once it is complete."""

    def __init__(self, bucket: Bucket, name: str) -> None:
        self.bucket, self.name = bucket, name
        self.file = tempfile.SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115

    def write(self, data: bytes) -> object:
        return self.file.write(data)

    def keep(self) -> None:
        self.file.seek(0)
        with _plainly():
            self.bucket.put(self.name, self.file.read(), use_multipart=False)

    def drop(self) -> None:
        self.file.close()


@contextmanager
def _plainly() -> Iterator[None]:
    """Raises the store's errors as OSError in our words: its own texts are long and name files."""
    try:
        yield
    except (BaseError, FileNotFoundError) as error:
        told = str(error).splitlines()[0].rpartition(" - ")[2]
        code = re.search(r"<Code>(\w+)</Code>", str(error))
        if code and code[1] in _SAID:
            raise OSError(_SAID[code[1]]) from error
        if isinstance(error, FileNotFoundError):
            raise
        raise Away(f"LOTSE_S3_ENDPOINT does not answer as it should ({told[:80]}).") from error
