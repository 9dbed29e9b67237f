"""A real Lotse process for tests, with its own database."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import httpx

from tests.support.postgres import free_port

SECRETS = {
    "LOTSE_SECRET": "only-for-tests-only-for-tests-only-for-tests-only",
    "LOTSE_PEPPER": "b25seS1mb3ItdGVzdHMtb25seS1mb3ItdGVzdHMtMzI",
}
ROOT = Path(__file__).parents[2]


class Server:
    def __init__(self, data: Path, database: str = "", **extra: str) -> None:
        self.data = data
        self.port = free_port()
        self.url = f"http://localhost:{self.port}"
        self.log = data / "server.log"
        self.environment = (
            os.environ | SECRETS | {"LOTSE_DATA": str(data), "LOTSE_ORIGIN": self.url}
        )
        self.environment["LOTSE_DATABASE"] = database or f"sqlite:///{data / 'lotse.sqlite3'}"
        self.environment |= extra
        self.before: list[str] = []
        self.options: list[str] = []
        self.first = "/api/openapi.json"
        """The first request, which also warms up the server."""
        self.process: subprocess.Popen[bytes] | None = None

    def manage(self, *arguments: str, check: bool = True) -> str:
        """Runs `lotse ARGUMENTS` on this server's data; the output."""
        return self.run("-m", "lotse.cli", *arguments, check=check)

    def run(self, *arguments: str, check: bool = True) -> str:
        """Runs Python on this server's data; the output."""
        done = subprocess.run(
            [sys.executable, *arguments],
            env=self.environment,
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
        if check and done.returncode:
            raise RuntimeError(f"{' '.join(arguments)}:\n{done.stdout}{done.stderr}")
        return done.stdout + done.stderr

    def resident(self) -> int:
        """The resident memory of the running server, in KiB."""
        assert self.process
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        return int(status.split("VmRSS:")[1].split()[0])

    def start(self) -> "Server":
        with self.log.open("ab") as log:
            serve = [sys.executable, "-m", "lotse.cli", "serve", "--port", str(self.port)]
            self.process = subprocess.Popen(
                [*self.before, *serve, *self.options],
                env=self.environment,
                cwd=ROOT,
                stdout=log,
                stderr=log,
            )
        self.wait()
        return self

    def wait(self) -> None:
        for _ in range(300):
            try:
                httpx.get(f"{self.url}{self.first}", timeout=5)
                return
            except httpx.TransportError:
                if self.process is None or self.process.poll() is not None:
                    break
                time.sleep(0.1)
        raise RuntimeError(f"The server did not start:\n{self.log.read_text()}")

    def stop(self, how: signal.Signals = signal.SIGTERM) -> None:
        if self.process is not None:
            self.process.send_signal(how)
            self.process.wait(20)
            self.process = None

    def workers(self) -> list[int]:
        """The ids of the processes of `--workers`."""
        assert self.process
        pid = self.process.pid
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        # Python also runs a helper process beside the workers.
        return [
            int(one) for one in children if "spawn_main" in Path(f"/proc/{one}/cmdline").read_text()
        ]
