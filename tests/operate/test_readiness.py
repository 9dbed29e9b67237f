"""`lotse serve` starts only where that is safe, and says what is in the way."""

import secrets
import shutil
from datetime import timedelta
from pathlib import Path

import httpx
import pytest
from django.utils import timezone

from lotse.centres.models import Organisation
from lotse.conversations.actions.files import prune
from lotse.conversations.blobs.folder import OWNER
from lotse.conversations.blobs.owner import begin_anew
from lotse.core.identifiers import new_id, to_text
from lotse.databases import aliases
from tests.conversations.world import give_keys, make_person
from tests.support.inside import inside
from tests.support.installation import faults, installed, refusal
from tests.support.s3 import GUEST, OwnS3
from tests.support.server import Server
from tests.support.stores import everything_in, keep, s3_store


@pytest.fixture
def prepared(migrated: Path, tmp_path: Path) -> Path:
    shutil.copy(migrated, tmp_path / "lotse.sqlite3")
    return tmp_path


@pytest.mark.parametrize(
    ("setting", "value", "said"),
    [
        ("LOTSE_SECRET", "", "LOTSE_SECRET is missing"),
        ("LOTSE_SECRET", "short", "LOTSE_SECRET is missing or shorter"),
        ("LOTSE_PEPPER", "", "LOTSE_PEPPER is missing"),
        ("LOTSE_PEPPER", "bm90IDMyIGJ5dGVz", "LOTSE_PEPPER is missing or not 32 bytes"),
        ("LOTSE_DEBUG", "1", "LOTSE_DEBUG is on"),
        ("LOTSE_LOG", "yaml", "LOTSE_LOG is yaml: `text` or `json`"),
        ("LOTSE_ORIGIN", "http://lotse.example.org", "only on pages that come by https"),
        ("LOTSE_ORIGIN", "HTTPS://lotse.example.org", "LOTSE_PROXIES says how many"),
        ("LOTSE_REDIS", "localhost:6379", "LOTSE_REDIS is not an address"),
    ],
)
def test_refuses_and_says_which(prepared: Path, setting: str, value: str, said: str) -> None:
    assert said in refusal(Server(prepared, **{setting: value}))


def test_a_process_that_refuses_ends_and_says_why(prepared: Path) -> None:
    server = Server(prepared, LOTSE_SECRET="", LOTSE_LOG="yaml")
    with pytest.raises(
        RuntimeError, match="Lotse does not start:\n- LOTSE_SECRET is missing"
    ) as on:
        server.manage("serve", "--port", str(server.port))
    assert "- LOTSE_LOG is yaml" in str(on.value)


def test_refuses_a_database_that_is_behind(tmp_path: Path) -> None:
    assert "run `lotse migrate`" in refusal(Server(tmp_path))


def test_refuses_demo_data(prepared: Path) -> None:
    server = Server(prepared)
    with inside(server):
        Organisation.objects.create(name="x", is_demo=True)
    assert "holds demo data" in refusal(server)


@pytest.mark.parametrize(
    ("setting", "value", "said"),
    [
        ("LOTSE_S3_SECRET", "", "LOTSE_S3_SECRET is missing"),
        ("LOTSE_S3_BUCKET", "another", "no bucket LOTSE_S3_BUCKET"),
        ("LOTSE_S3_KEY", GUEST, "LOTSE_S3_KEY may not do that"),
    ],
)
def test_refuses_a_store_that_does_not_work(
    prepared: Path, s3: OwnS3, setting: str, value: str, said: str
) -> None:
    assert said in refusal(Server(prepared, **s3.settings() | {setting: value}))


def beside(prepared: Path, **settings: str) -> Server:
    """Another installation, with a database and a folder of its own."""
    folder = prepared / "other"
    folder.mkdir()
    shutil.copy(prepared / "lotse.sqlite3", folder)
    server = Server(folder, **settings)
    with inside(server):
        begin_anew()
    return server


def test_another_database_beside_the_files_of_the_first_is_refused(
    prepared: Path, migrated: Path
) -> None:
    """Pruning would take them all for strays."""
    assert not refusal(Server(prepared))
    shutil.copy(migrated, prepared / "new.sqlite3")
    server = Server(prepared, f"sqlite:///{prepared / 'new.sqlite3'}")
    assert "these files are of another database" in refusal(server)
    assert "these files are of another database" in server.manage("worker", check=False)


def test_refuses_a_pepper_that_fits_nobody(prepared: Path) -> None:
    server = Server(prepared)
    with installed(server):
        give_keys(make_person())
    assert not refusal(server)
    other = Server(prepared, LOTSE_PEPPER=to_text(secrets.token_bytes(32)))
    assert "LOTSE_PEPPER is not the one" in refusal(other)
    assert "LOTSE_PEPPER is not the one" in faults(other)


def test_refuses_a_database_that_is_away(prepared: Path) -> None:
    server = Server(prepared, "postgres://lotse@127.0.0.1:1/lotse")
    said = server.manage("serve", check=False)
    assert "The database does not answer (LOTSE_DATABASE)" in said
    assert "Traceback" not in said
    assert "The database does not answer (LOTSE_DATABASE)" in faults(server)


def test_trying_a_store_leaves_only_whose_it_is(prepared: Path, s3: OwnS3) -> None:
    settings = s3.settings()
    assert not refusal(Server(prepared, **settings))
    there = s3.bucket(settings["LOTSE_S3_BUCKET"]).list()
    assert [one["path"] for page in there for one in page] == [OWNER]
    assert "belongs to another installation" in refusal(beside(prepared, **settings))


def test_nobody_prunes_what_is_another_s(prepared: Path, s3: OwnS3) -> None:
    """Also where the start could not ask whose the bucket is."""
    settings, blob = s3.settings(), new_id()
    assert not refusal(Server(prepared, **settings))
    keep(s3_store(settings), blob, 0)
    other = beside(prepared, **settings)
    with installed(other), pytest.raises(OSError, match="belongs to another installation"):
        prune(timezone.now() + timedelta(hours=1))
    assert (blob, 0) in everything_in(s3_store(settings))


def test_starts_while_the_store_is_away_and_says_so(prepared: Path, s3: OwnS3) -> None:
    away = s3.settings() | {"LOTSE_S3_ENDPOINT": "http://127.0.0.1:1"}
    server = Server(prepared, **away).start()
    try:
        answer = httpx.get(f"{server.url}/readyz", timeout=30)
        assert (answer.status_code, answer.json()["lacking"]) == (200, ["files"])
        assert "LOTSE_S3_ENDPOINT does not answer" in server.log.read_text()
        assert "LOTSE_S3_ENDPOINT does not answer" in faults(server)
    finally:
        server.stop()


def test_starts_with_secrets_that_it_made_itself(prepared: Path) -> None:
    lines = Server(prepared).manage("secrets").split()
    server = Server(prepared, **dict(line.split("=", 1) for line in lines)).start()
    try:
        assert httpx.get(server.url).status_code == 200
    finally:
        server.stop()


@pytest.mark.parametrize("given", ["currentSchema=lotse", "options=-c%20search_path%3Dlotse"])
def test_an_address_with_options_of_its_own_keeps_ours(given: str) -> None:
    told = str(aliases(f"postgres://lotse@127.0.0.1:1/lotse?{given}")["default"]["OPTIONS"])
    for ours in ("lock_timeout=5s", "idle_in_transaction_session_timeout=30s", "search_path=lotse"):
        assert ours in told
