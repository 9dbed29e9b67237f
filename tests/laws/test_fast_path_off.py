"""Law: only speed is lost where the fast path is switched off (core/fast_path.py)."""

import shutil
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytest_django import DjangoDbBlocker

from lotse.core import fast_path
from tests.conversations.world import message_body
from tests.laws.test_fast_path import CASES, World, encoded, kept, shown
from tests.support.server import ROOT, Server
from tests.support.visitor import beside, visitor


@pytest.fixture(scope="module")
def world(new_server: Callable[..., Server], django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    server = new_server(LOTSE_FAST_PATH="no")
    with beside(server, django_db_blocker):
        yield World(server)
    server.stop()


@pytest.mark.parametrize("name", CASES)
def test_posts_are_answered_as_ever(world: World, name: str) -> None:
    path, body, headers = CASES[name](world)
    with_length = world.short(path, body, **headers)
    path, body, headers = CASES[name](world)
    without = world.by_asgi(path, body, **headers)
    assert with_length.status_code == without.status_code
    assert shown(with_length) == shown(without)
    assert kept(with_length) == kept(without)


def test_a_stream_hears_of_a_message(world: World) -> None:
    body = message_body()
    cursor = world.staff.get("/api/conversations").json()["cursor"]
    with world.staff.stream("GET", f"/live/events?after={cursor}") as stream:
        told = stream.iter_text()
        assert next(told)
        assert world.short(world.path, encoded(**body)).status_code == 201
        heard = ""
        while body["id"] not in heard:
            heard += next(told)


def test_asgi_says_at_once_who_has_signed_out_meanwhile(world: World) -> None:
    """The fast path answers 503 here: it looks nothing up."""
    body = encoded()
    world.client = visitor(world.server, world.person)

    def sent() -> Iterator[bytes]:
        yield body[:100]
        other = visitor(world.server)
        other.cookies.update(world.client.cookies)
        assert other.post("/api/sign-out").status_code == 204
        yield body[100:]

    headers = {"Content-Length": str(len(body))}
    assert world.client.post(world.path, content=sent(), headers=headers).status_code == 401


def test_the_version_of_uvicorn_is_the_one_that_the_fast_path_knows() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    assert f"uvicorn=={fast_path.UVICORN}" in project["dependencies"]
    assert fast_path.is_known()


@pytest.mark.slow
def test_another_uvicorn_serves_only_without_the_fast_path(migrated: Path, tmp_path: Path) -> None:
    """Python runs sitecustomize.py before anything else."""
    another = "import uvicorn; uvicorn.__version__ = '0.99.0'"
    (tmp_path / "sitecustomize.py").write_text(another)
    shutil.copy(migrated, tmp_path / "lotse.sqlite3")
    server = Server(tmp_path, PYTHONPATH=str(tmp_path))
    with pytest.raises(RuntimeError, match=r"uvicorn 0\.99\.0 is installed"):
        server.start()
    server.environment["LOTSE_FAST_PATH"] = "no"
    server.start().stop()
