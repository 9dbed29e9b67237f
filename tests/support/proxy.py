"""A proxy that passes an answer on only when it is whole, as some in offices and shelters do."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import httpx

HOP = {"connection", "transfer-encoding", "content-length", "keep-alive"}


class HoldingBack(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, to: str) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.to = to
        self.url = f"http://localhost:{self.server_address[1]}"
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def handle_error(self, *_: object) -> None:
        """A browser that hung up, or an answer that never became whole."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: HoldingBack

    def _pass_on(self) -> None:
        length = int(self.headers.get("Content-Length", 0))
        with httpx.stream(
            self.command,
            self.server.to + self.path,
            headers=list(self.headers.items()),
            content=self.rfile.read(length),
            timeout=120,
        ) as answer:
            content = b"".join(answer.iter_raw())
        self.send_response(answer.status_code)
        for name, value in answer.headers.multi_items():
            if name not in HOP:
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    do_GET = do_POST = do_PUT = do_DELETE = _pass_on  # noqa: N815

    def log_message(self, *_: Any) -> None:
        pass
