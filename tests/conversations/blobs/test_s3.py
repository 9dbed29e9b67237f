"""What an S3-compatible store may answer, and what is said then."""

import pytest

from lotse.core.identifiers import new_id
from tests.support.s3 import GUEST, OwnS3
from tests.support.stores import everything_in, keep, s3_store


@pytest.fixture(scope="module")
def settings(s3: OwnS3) -> dict[str, str]:
    return s3.settings()


@pytest.mark.parametrize(
    ("setting", "value", "said"),
    [
        ("ENDPOINT", "http://127.0.0.1:1", "LOTSE_S3_ENDPOINT does not answer"),
        ("ENDPOINT", "https://nowhere.invalid", "LOTSE_S3_ENDPOINT does not answer"),
        ("ENDPOINT", "127.0.0.1:9000", "LOTSE_S3_ENDPOINT is missing or not of its form"),
        ("ENDPOINT", "http://", "LOTSE_S3_ENDPOINT is missing or not of its form"),
        ("ENDPOINT", "", "LOTSE_S3_ENDPOINT is missing"),
        ("BUCKET", "another", "no bucket LOTSE_S3_BUCKET: create it"),
        ("BUCKET", "two words", "LOTSE_S3_BUCKET is missing or not of its form"),
        ("BUCKET", "", "LOTSE_S3_BUCKET is missing"),
        ("KEY", "line\nbreak", "LOTSE_S3_KEY is missing or not of its form"),
        ("KEY", "test:nobody", "copy both again"),
        ("KEY", GUEST, "LOTSE_S3_KEY may not do that"),
        ("SECRET", "wrong", "LOTSE_S3_SECRET does not fit"),
    ],
)
def test_what_is_wrong_is_said(
    settings: dict[str, str], setting: str, value: str, said: str
) -> None:
    wrong = settings | {f"LOTSE_S3_{setting}": value}
    with pytest.raises(OSError, match=said) as told:
        s3_store(wrong).check()
    assert not isinstance(told.value, FileNotFoundError)
    assert settings["LOTSE_S3_SECRET"] not in str(told.value)


def test_every_verb_says_so_without_a_bucket(settings: dict[str, str]) -> None:
    store, blob = s3_store(settings | {"LOTSE_S3_BUCKET": "another"}), new_id()
    for verb in (
        lambda: keep(store, blob, 0),
        lambda: store.open(blob, 0),
        lambda: store.delete(blob),
        lambda: list(store.chunks()),
    ):
        with pytest.raises(OSError, match="create it") as told:
            verb()
        assert not isinstance(told.value, FileNotFoundError)


def test_what_others_keep_there_is_left_alone(s3: OwnS3, settings: dict[str, str]) -> None:
    bucket, store, blob = s3.bucket(settings["LOTSE_S3_BUCKET"]), s3_store(settings), new_id()
    foreign = ["readme.txt", f"{blob}/0.old", f"copy/{blob}/0"]
    for name in foreign:
        bucket.put(name, b"not ours")
    kept = keep(store, blob, 0)
    assert everything_in(store) == {(blob, 0): kept}
    assert [one["path"] for page in bucket.list() for one in page] == sorted(
        [*foreign, f"{blob}/0"]
    )


def test_a_bucket_is_one_installation_s_own(s3: OwnS3) -> None:
    settings = s3.settings()
    for _ in range(2):
        s3_store(settings).claim("first")
    with pytest.raises(OSError, match="a bucket of its own"):
        s3_store(settings).claim("second")
    s3_store(settings).claim("first")
    assert not list(s3_store(settings).chunks())


def test_variables_of_other_tools_change_nothing(
    settings: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL", "AWS_ENDPOINT"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "another")
    monkeypatch.setenv("AWS_REGION", "elsewhere")
    s3_store(settings).check()
