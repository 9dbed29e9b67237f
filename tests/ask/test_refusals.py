"""Whatever arrives, people get a page in their language, and nobody else gets anything."""

import re
from typing import Any
from urllib.parse import urlencode

import httpx
import pytest
from django.db import OperationalError
from django.test import Client, RequestFactory

from lotse.ask import errors
from tests.ask.addresses import LANGUAGES, PAGES
from tests.support.server import Server

GARBAGE = [
    "%00",
    "%ff%fe",
    "x" * 4000,
    "'%20OR%201=1--",
    "%3Cscript%3E",
    "../../etc",
    "%F0%9F%98%80",
]
NAMES = ("language", "topic", "place", "q", "age", "asylum", "told", "gender", "next")


@pytest.mark.parametrize("name", NAMES)
def test_garbage_is_a_question_asked_again(name: str, stocked: Server) -> None:
    with httpx.Client(base_url=stocked.url) as client:
        for address in PAGES.values():
            for value in GARBAGE:
                joined = "&" if "?" in address else "?"
                answer = client.get(f"{address}{joined}{name}={value}")
                expected = {400} if value == "%00" else {200, 302, 404}
                assert answer.status_code in expected
                assert "<script" not in answer.text


@pytest.mark.parametrize(
    "address",
    ["/c/%00/", "/c/é/", "/centre/..%2f/", f"/c/{'x' * 3000}/", "/c/niemand/qr.svg", "/nowhere",
     "/language/de/", "/centre/niemand/print/"],
)  # fmt: skip
def test_unknown_address(address: str, stocked: Server) -> None:
    answer = httpx.get(stocked.url + address, headers={"Accept-Language": "ar"})
    assert answer.status_code == 404
    assert 'dir="rtl"' in answer.text
    assert "لم نجد هذه الصفحة" in answer.text


def test_files_are_for_our_own_pages(stocked: Server) -> None:
    style = re.search(r'href="(/static/lotse/[^"]+\.css)"', httpx.get(f"{stocked.url}/").text)
    assert style
    headers = httpx.get(stocked.url + style[1]).headers
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "immutable" in headers["Cache-Control"]
    assert "Access-Control-Allow-Origin" not in headers


@pytest.mark.parametrize("address", PAGES.values())
def test_headers(address: str, stocked: Server) -> None:
    answer = httpx.get(stocked.url + address)
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "script-src" not in policy
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert "Set-Cookie" not in answer.headers
    assert " style=" not in answer.text


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_pages_are_only_read(method: str, stocked: Server) -> None:
    for address in PAGES.values():
        assert httpx.request(method, stocked.url + address).status_code in {403, 405}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("header", [None, "*", "xx-YY;q=2", "de" * 3000, ";,;;=q", "ru;q=0"])
def test_any_browser_language(header: str | None, language: str, stocked: Server) -> None:
    headers = {} if header is None else {"Accept-Language": header}
    for address in ("/", "/ask/"):
        answer = httpx.get(stocked.url + address, headers=headers, cookies={"language": language})
        assert answer.status_code == 200
        assert f'lang="{language}"' in answer.text


@pytest.mark.parametrize(
    "page, status",
    [(errors.bad_request, 400), (errors.forbidden, 403), (errors.not_found, 404)],
)
def test_error_pages(page: Any, status: int, rf: RequestFactory) -> None:
    answer = page(rf.get("/"), None)
    assert answer.status_code == status
    assert b"/ask/" in answer.content


def test_a_fault_of_ours_needs_no_database(rf: RequestFactory) -> None:
    # Without the `db` mark any query fails this test.
    answer = errors.broken(rf.get("/"))
    assert answer.status_code == 500
    try:
        raise OperationalError
    except OperationalError:
        answer = errors.broken(rf.get("/"))
    assert (answer.status_code, answer["Retry-After"]) == (503, "10")


@pytest.mark.parametrize(
    "target", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)",
               "\nhttps://evil.example", "", "/x\r\nSet-Cookie: a=b"],
)  # fmt: skip
def test_language_switch_leads_nowhere_else(target: str, client: Client) -> None:
    answer = client.post("/language/", {"language": "ar", "next": target})
    assert answer.status_code == 302
    assert answer["Location"].startswith("/")
    assert "evil" not in answer["Location"]
    assert answer.cookies["language"].value == "ar"


@pytest.mark.parametrize("language", ["", "xx", "de-XX", "\0", "\ud800"])
def test_an_unknown_language_is_not_set(language: str, client: Client) -> None:
    body = urlencode({"language": language}, errors="surrogatepass")
    answer = client.generic("POST", "/language/", body, "application/x-www-form-urlencoded")
    assert answer.status_code == 400
    assert not answer.cookies
