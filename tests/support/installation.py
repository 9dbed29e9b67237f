"""Checks an installation in this process: a process of its own takes over a second."""

import importlib
import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO
from typing import Any
from unittest import mock

from django.core.management import CommandError, call_command
from django.test import override_settings

from lotse import env
from lotse.conversations.blobs import store
from lotse.operate import archive, doctor, readiness
from tests.support.database import switched
from tests.support.inside import unblocked
from tests.support.server import Server


@contextmanager
def installed(server: Server) -> Iterator[None]:
    """This process has the server's settings, database and files."""
    before = vars(env).copy()
    with mock.patch.dict(os.environ, server.environment, clear=True):
        importlib.reload(env)
    store._s3.cache_clear()
    changed = {"DEBUG": env.DEBUG, "REDIS": env.REDIS, "BLOBS": env.DATA / "blobs"}
    restoring = env.DATA / readiness.RESTORING.name
    try:
        with (
            mock.patch.object(readiness, "RESTORING", restoring),
            mock.patch.object(archive, "RESTORING", restoring),
            unblocked(),
            override_settings(**changed),
            switched(env.DATABASE),
        ):
            yield
    finally:
        vars(env).update(before)
        store._s3.cache_clear()


def refusal(server: Server) -> str:
    """What `lotse serve` and `lotse worker` would say; empty if they would start."""
    with installed(server):
        return "\n".join([*readiness.obstacles(), *readiness.files(to_serve=True)])


def faults(server: Server) -> str:
    """What `lotse doctor` would say."""
    with installed(server):
        return "\n".join(one for _, found in doctor.findings() for one in found)


def command(server: Server, name: str, *arguments: Any) -> str:
    """Runs a command of Lotse; what it says. Raises CommandError."""
    said, before = StringIO(), signal.getsignal(signal.SIGTERM)
    try:
        with installed(server):
            call_command(name, *map(str, arguments), stdout=said, stderr=said)
    finally:
        signal.signal(signal.SIGTERM, before)
    return said.getvalue()


def refused(server: Server, name: str, *arguments: Any) -> str:
    """Why a command refuses to do something."""
    try:
        command(server, name, *arguments)
    except CommandError as error:
        return str(error)
    raise AssertionError(f"{name} was not refused")
