"""A Redis only for tests, on a free port of this machine or another host."""

import subprocess
import time

from redis import Redis, RedisError

from tests.support.host import THIS, Here
from tests.support.postgres import free_port


class OwnRedis:
    def __init__(self, host: Here = THIS) -> None:
        self.host = host
        self.port = free_port()
        self.address = f"redis://{self.host.address}:{self.port}/0"
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> "OwnRedis":
        place = ["--port", str(self.port), "--bind", self.host.address, "--protected-mode", "no"]
        options = [*place, "--save", "", "--appendonly", "no"]
        self._process = subprocess.Popen(
            [*self.host.run, "redis-server", *options], stdout=subprocess.DEVNULL
        )
        for _ in range(100):
            try:
                Redis(self.host.address, self.port).ping()
                return self
            except RedisError:
                time.sleep(0.05)
        raise RuntimeError("Redis did not start")

    def kill(self) -> None:
        if self._process:
            self._process.kill()
            self._process.wait(10)
            self._process = None
