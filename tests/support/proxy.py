"""Proxies and captive portals, which stand between us and browsers in offices and shelters."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import httpx

HOP = {"connection", "transfer-encoding", "content-length", "keep-alive"}


@dataclass
class Reply:
    """An answer that the proxy gives instead of the server."""

    status: int = 200
    type: str = "text/html; charset=utf-8"
    body: bytes = b"<!doctype html><title>Welcome to this Wi-Fi</title>"
    headers: dict[str, str] = field(default_factory=dict)


class Between(ThreadingHTTPServer):
    """Passes on requests and answers piece by piece, unless `reply` gives an answer."""

    daemon_threads = True
    holds_back = False

    def __init__(self, to: str) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.to = to
        self.url = f"http://localhost:{self.server_address[1]}"
        self.reply: Callable[[str, str], Reply | None] = lambda method, path: None
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def handle_error(self, *_: object) -> None:
        """Ignores browsers that hang up, and answers that never end."""


class HoldingBack(Between):
    """Passes on an answer only after its end."""

    holds_back = True


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Between

    def _handle(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        if reply := self.server.reply(self.command, self.path):
            about = {"Content-Type": reply.type, "Content-Length": str(len(reply.body))}
            self._begin(reply.status, [*about.items(), *reply.headers.items()])
            self.wfile.write(reply.body)
        else:
            self._pass_on(body)

    def _pass_on(self, body: bytes) -> None:
        with httpx.stream(
            self.command,
            self.server.to + self.path,
            headers=list(self.headers.items()),
            content=body,
            timeout=120,
        ) as answer:
            kept = [one for one in answer.headers.multi_items() if one[0] not in HOP]
            if self.server.holds_back:
                content = b"".join(answer.iter_raw())
                self._begin(answer.status_code, [*kept, ("Content-Length", str(len(content)))])
                self.wfile.write(content)
                return
            self.close_connection = True
            self._begin(answer.status_code, [*kept, ("Connection", "close")])
            for part in answer.iter_raw():
                self.wfile.write(part)

    def _begin(self, status: int, headers: list[tuple[str, str]]) -> None:
        self.send_response_only(status)
        for name, value in headers:
            self.send_header(name, value)
        self.end_headers()

    do_GET = do_POST = do_PUT = do_DELETE = _handle  # noqa: N815

    def log_message(self, *_: Any) -> None:
        pass
