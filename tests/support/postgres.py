"""A PostgreSQL only for tests, on a free port of this machine or another host."""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from pathlib import Path

from tests.support.host import THIS, Here


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


UNSYNCED = "fsync = off\nfull_page_writes = off\n"
"""Tests kill PostgreSQL but not the operating system, which keeps all writes."""


class Postgres:
    def __init__(self, host: Here = THIS) -> None:
        self.host = host
        self.programs = max(Path("/usr/lib/postgresql").glob("*/bin"))
        self.folder = Path(tempfile.mkdtemp(prefix="lotse-pg-"))
        self.port = free_port()

    def start(self) -> "Postgres":
        # initdb refuses root, so the cluster then belongs to Debian's user postgres.
        if os.getuid() == 0:
            os.chown(self.folder, pwd.getpwnam("postgres").pw_uid, -1)
        data = str(self.folder / "data")
        self._run("initdb", "-D", data, "-A", "trust", "-U", "lotse", "--no-sync")
        with (self.folder / "data/pg_hba.conf").open("a") as rules:
            rules.write(f"host all all {self.host.address}/30 trust\n")
        with (self.folder / "data/postgresql.conf").open("a") as settings:
            settings.write(UNSYNCED)
        self.boot()
        return self

    def boot(self) -> None:
        options = f"-c listen_addresses={self.host.address} -p {self.port} -k {self.folder}"
        log = str(self.folder / "log")
        self._run(
            "pg_ctl", "-w", "-D", str(self.folder / "data"), "-l", log, "-o", options, "start"
        )

    def stop(self, mode: str = "immediate") -> None:
        self._run("pg_ctl", "-D", str(self.folder / "data"), "-m", mode, "stop")

    def remove(self) -> None:
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def create(self, name: str, template: str = "template1") -> str:
        """Creates a database; its address."""
        self.sql(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        return self.address(name)

    def sql(self, statement: str) -> None:
        self._run("psql", *self._there, "-q", "-c", statement, "postgres")

    def dump(self, name: str, file: Path) -> None:
        dumped = self._run("pg_dump", *self._there, "--no-owner", name)
        new = file.with_suffix(".new")
        new.write_text(dumped)
        new.replace(file)

    def load(self, name: str, file: Path) -> None:
        self._run("psql", *self._there, "-q", "-v", "ON_ERROR_STOP=1", name, given=file.read_text())

    @property
    def _there(self) -> list[str]:
        return ["-h", self.host.address, "-p", str(self.port), "-U", "lotse"]

    def address(self, name: str) -> str:
        return f"postgres://lotse@{self.host.address}:{self.port}/{name}"

    def _run(self, program: str, *arguments: str, given: str = "") -> str:
        """The program's output. Raises RuntimeError after three failures."""
        command = [str(self.programs / program), *arguments]
        if os.getuid() == 0:
            command = ["runuser", "-u", "postgres", "--", *command]
        for attempt in range(3):
            done = subprocess.run(
                [*self.host.run, *command],
                input=given,
                capture_output=True,
                text=True,
                cwd="/tmp",  # noqa: S108
                check=False,
            )
            if done.returncode == 0:
                return done.stdout
            time.sleep(0.3 * attempt)
        raise RuntimeError(f"{program}: {done.stdout}{done.stderr}")
