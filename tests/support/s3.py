"""An S3-compatible store only for tests: OpenStack Swift, on a free port of this machine."""

import shutil
import signal
import subprocess
import tempfile
import time
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import httpx
import obstore
from obstore.store import S3Store as Bucket

from tests.support.postgres import free_port

PROGRAM = Path(__file__).with_name("swift_server.py")
KEY, GUEST, SECRET = "test:lotse", "test:guest", "only-for-tests"


class OwnS3:
    def __init__(self) -> None:
        self.port = free_port()
        self.endpoint = f"http://127.0.0.1:{self.port}"
        self.folder = Path(tempfile.mkdtemp(prefix="lotse-s3-"))
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> "OwnS3":
        command = ["/usr/bin/python3", str(PROGRAM), str(self.folder), str(self.port)]
        with (self.folder / "log").open("ab") as log:
            self._process = subprocess.Popen(command, stdout=log, stderr=log)
        for _ in range(200):
            try:
                httpx.get(self.endpoint, timeout=5)
                return self
            except httpx.TransportError:
                time.sleep(0.1)
        raise RuntimeError(f"Swift did not start:\n{(self.folder / 'log').read_text()}")

    def signal(self, what: signal.Signals) -> None:
        if self._process:
            self._process.send_signal(what)

    def kill(self) -> None:
        if self._process:
            self._process.kill()
            self._process.wait(10)
            self._process = None

    def remove(self) -> None:
        self.kill()
        shutil.rmtree(self.folder)

    def settings(self) -> dict[str, str]:
        """Creates a bucket; the settings with which Lotse uses it."""
        name = f"lotse-{uuid4().hex[:12]}"
        address = obstore.sign(self.bucket(name), "PUT", "", timedelta(seconds=60))
        httpx.put(address, timeout=30).raise_for_status()
        return {
            "LOTSE_S3_ENDPOINT": self.endpoint,
            "LOTSE_S3_BUCKET": name,
            "LOTSE_S3_KEY": KEY,
            "LOTSE_S3_SECRET": SECRET,
        }

    def bucket(self, name: str) -> Bucket:
        return Bucket(
            name,
            endpoint=self.endpoint,
            access_key_id=KEY,
            secret_access_key=SECRET,
            client_options={"allow_http": True},
        )
