"""Whatever comes in, the API answers with problem details and keeps it to itself."""

from typing import Any

import pytest
from django.db import DataError, OperationalError
from django.test import Client

from lotse.core.logs import Text
from lotse.keys import queries
from tests.accounts.people import problem, told

pytestmark = pytest.mark.django_db
JSON = "application/json"


@pytest.mark.parametrize(
    ("body", "slug"),
    [
        (b"{", "malformed"),
        (b"\xff\xfe", "malformed"),
        (b'{"nickname": "\xff"}', "malformed"),
        (b"[" * 50_000, "malformed"),
        (b'{"nickname": ' + b"9" * 5000 + b"}", "malformed"),
        (b"", "invalid"),
        (b"null", "invalid"),
        (b"[]", "invalid"),
        (b'"text"', "invalid"),
        (b"NaN", "invalid"),
        (b"{}", "invalid"),
        (b'{"nickname": null}', "invalid"),
        (b'{"nickname": ["a"]}', "invalid"),
        (b'{"nickname": "' + b"x" * 90_000 + b'"}', "invalid"),
        (b'{"nickname": "\\ud800"}', "invalid"),
        (b'{"nickname": "amal", "more": 1}', "invalid"),
        (b'{"nickname": "' + b"x" * 600_000 + b'"}', "too-large"),
    ],
)
def test_bad_bodies(client: Client, body: bytes, slug: str) -> None:
    assert problem(client.generic("POST", "/api/prelogin", body, content_type=JSON)) == slug


def test_unknown_addresses(client: Client) -> None:
    for path in ("/api/", "/api/nothing", "/api/me/more", "/api/%00", "/api/\ud7ff"):
        for method in ("GET", "POST", "DELETE"):
            answer = client.generic(method, path)
            assert problem(answer) in {"not-found", "method-not-allowed"}


def test_unknown_methods(client: Client) -> None:
    for method in ("GET", "DELETE", "PATCH", "BREW", "TRACE"):
        answer = client.generic(method, "/api/prelogin")
        assert (answer.status_code, problem(answer)) == (405, "method-not-allowed")
        assert answer["Allow"] == "POST"


def test_another_host(client: Client) -> None:
    assert problem(client.get("/api/me", headers={"Host": "evil.example"})) == "malformed"


@pytest.mark.parametrize(
    "headers", [{"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}]
)
def test_another_site(client: Client, headers: Any) -> None:
    answer = client.post("/api/sign-out", headers=headers)
    assert (answer.status_code, problem(answer)) == (403, "foreign-origin")


@pytest.mark.parametrize(
    ("error", "slug"),
    [
        (ValueError("Rashida asked about her visa"), "internal"),
        (OperationalError("Rashida"), "unavailable"),
        (DataError("Rashida"), "invalid"),
    ],
)
def test_what_nobody_expected_is_logged_without_what_was_written(
    error: Exception, slug: str, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    def fail(door: str, nickname: str) -> None:
        raise error

    monkeypatch.setattr(queries, "parameters", fail)
    answer = Client(raise_request_exception=False).post(
        "/api/prelogin", {"nickname": "Rashida"}, content_type=JSON
    )
    assert problem(answer) == slug
    assert b"Rashida" not in answer.content
    assert "Rashida" not in capfd.readouterr().err


def test_log_lines_name_the_route_not_the_address(
    client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    unknown = "00000000-0000-4000-8000-000000000000"
    assert problem(client.get(f"/api/centres/{unknown}/keys")) == "not-found"
    record = next(one for one in caplog.records if one.name == "django.request")
    line = Text().format(record)
    assert line.endswith(" django.request GET api/centres/<uuidstr:centre>/keys answered 404")


def test_fields_say_where_and_what(client: Client) -> None:
    answer = client.post("/api/prelogin", {"nickname": 7}, content_type=JSON)
    assert told(answer)["fields"] == [{"at": ["body", "body", "nickname"], "what": "string_type"}]


def test_answers_are_no_pages(client: Client) -> None:
    """And say no more than that: on a slow network each header of each answer counts."""
    answer = client.get("/api/me")
    assert answer["Content-Security-Policy"] == "default-src 'none'; frame-ancestors 'none'"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cross-Origin-Resource-Policy"] == "same-origin"
    assert answer["Cache-Control"] == "no-store"
    assert "Permissions-Policy" not in answer
