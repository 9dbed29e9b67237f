"""The server is told to stop while somebody's message waits for the database."""

import signal
import sqlite3
import time
from concurrent.futures import ThreadPoolExecutor

from pytest_django import DjangoDbBlocker

from tests.conversations.world import make_centre, make_person, message_body, opened
from tests.support.server import Server
from tests.support.visitor import beside, visitor


def test_who_waits_for_too_long_is_told_to_come_again(
    server: Server, django_db_blocker: DjangoDbBlocker
) -> None:
    with beside(server, django_db_blocker):
        person = make_person()
        case = opened(person, make_centre()).pk
        client = visitor(server, person)
    path, message = f"/live/conversations/{case}/messages", message_body()
    assert client.post(path, json=message_body()).status_code == 201
    writing = sqlite3.connect(server.data / "lotse.sqlite3", isolation_level=None)
    writing.execute("BEGIN IMMEDIATE")
    with ThreadPoolExecutor(1) as other:
        post = other.submit(client.post, path, json=message)
        time.sleep(1)
        assert server.process
        server.process.send_signal(signal.SIGTERM)
        answer = post.result(20)
    writing.close()
    assert (answer.status_code, answer.json()["type"]) == (503, "/problems/unavailable")
    server.stop()
    server.start()
    assert client.post(path, json=message).status_code in {200, 201}
    numbers = client.get(f"/api/conversations/{case}/messages").json()["messages"]
    assert [one["number"] for one in numbers] == [1, 2, 3]
