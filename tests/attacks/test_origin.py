"""Which site a request comes from, however its name is written."""

from typing import Any

import pytest

from lotse.core.origin import is_foreign, is_our_host

OURS = [
    ("http://host", "host"),
    ("http://host", "host:80"),
    ("https://host", "host:443"),
    ("https://host:443", "host"),
    ("http://HOST", "host"),
    ("http://host", "HOST:80"),
    ("http://host.", "host"),
    ("http://host:8000", "host.:8000"),
    ("http://[::1]", "[::1]:80"),
    ("https://[2001:DB8::1]:8443", "[2001:db8::1]:8443"),
]
FOREIGN = [
    ("null", "host"),
    ("", "host"),
    ("http://host:8000", "host"),
    ("http://host", "host:443"),
    ("https://host", "host:80"),
    ("http://host.example", "host"),
    ("http://ahost", "host"),
    ("http://host@evil", "host"),
    ("http://evil@host", "host"),
    ("http://evil#host", "host"),
    ("http://host/", "host"),
    ("http://host..", "host"),
    ("http://[::2]", "[::1]"),
    ("http://[x", "[x"),
    ("ftp://host", "host"),
    ("host", "host"),
    ("http://", ""),
    ("http://host http://evil", "host"),
]


@pytest.mark.parametrize(("origin", "host"), OURS)
def test_ours(origin: str, host: str) -> None:
    assert not is_foreign("POST", host, origin, None)


@pytest.mark.parametrize(("origin", "host"), FOREIGN)
def test_a_look_alike_is_not_ours(origin: str, host: str) -> None:
    assert is_foreign("POST", host, origin, None)


def test_a_page_without_https_is_not_a_site_with_it(settings: Any) -> None:
    settings.SESSION_COOKIE_SECURE = True
    assert is_foreign("POST", "host", "http://host", None)
    assert not is_foreign("POST", "host", "https://host", None)


@pytest.mark.parametrize(
    "host", ["localhost", "LOCALHOST:80", "localhost.", "127.0.0.1:1", "[::1]"]
)
def test_our_hosts(host: str) -> None:
    assert is_our_host(host)


@pytest.mark.parametrize(
    "host",
    ["", "evil.example", "localhost.evil.example", "xlocalhost", "localhost@evil", "[::2]",
     "h" * 400, "localhost:1:2", "localhost, evil.example", "localhost\x00", "\xff"],
)  # fmt: skip
def test_other_hosts(host: str) -> None:
    assert not is_our_host(host)
