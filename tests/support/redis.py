"""A Redis of the tests' own, on a free port of this machine."""

import subprocess
import time

from redis import Redis, RedisError

from tests.support.postgres import free_port


class OwnRedis:
    def __init__(self) -> None:
        self.port = free_port()
        self.address = f"redis://127.0.0.1:{self.port}/0"
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> "OwnRedis":
        options = ["--port", str(self.port), "--bind", "127.0.0.1", "--save", ""]
        self._process = subprocess.Popen(
            ["redis-server", *options, "--appendonly", "no"], stdout=subprocess.DEVNULL
        )
        for _ in range(100):
            try:
                Redis(port=self.port).ping()
                return self
            except RedisError:
                time.sleep(0.05)
        raise RuntimeError("Redis did not start")

    def kill(self) -> None:
        if self._process:
            self._process.kill()
            self._process.wait(10)
            self._process = None
