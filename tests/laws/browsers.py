"""Browsers at a real server: an outbox that repeats its posts, a stream that comes back."""

import json
import random
import threading
import time
from typing import Any
from uuid import UUID

import httpx

from tests.conversations.world import message_body


class Listener(threading.Thread):
    """Reads the stream; hangs up and comes back with the last id, now and then."""

    def __init__(self, client: httpx.Client, cursor: int, seed: int) -> None:
        super().__init__(daemon=True)
        self.client, self.cursor = client, cursor
        self.chance = random.Random(seed)  # noqa: S311 - repeatable, not secret
        self.got: list[tuple[int, str, Any]] = []
        self.stopping = threading.Event()
        self.reloads = 0

    def run(self) -> None:
        while not self.stopping.is_set():
            try:
                self._listen(self.chance.randint(1, 12))
            except httpx.HTTPError:
                time.sleep(0.05)

    def _listen(self, patience: int) -> None:
        headers = {"Last-Event-ID": str(self.cursor)}
        timeout = httpx.Timeout(5, read=1)
        with self.client.stream("GET", "/live/events", headers=headers, timeout=timeout) as answer:
            answer.raise_for_status()
            fields: dict[str, str] = {}
            for line in answer.iter_lines():
                if line:
                    name, _, value = line.partition(": ")
                    fields[name] = value
                    continue
                patience -= self._take(fields)
                fields = {}
                if not patience:
                    return

    def _take(self, fields: dict[str, str]) -> int:
        if fields.get("event") == "reload":
            self.reloads += 1
        if "id" not in fields:
            return 0
        self.cursor = int(fields["id"])
        self.got.append((self.cursor, fields["event"], json.loads(fields["data"])))
        return 1

    def stop(self) -> None:
        self.stopping.set()
        self.join(20)


class Outbox(threading.Thread):
    """Posts until each message was answered; the same id again after every failure."""

    def __init__(self, client: httpx.Client, conversation: UUID, count: int) -> None:
        super().__init__(daemon=True)
        self.client = client
        self.path = f"/live/conversations/{conversation}/messages"
        self.wanted = [message_body() for _ in range(count)]
        self.answers: list[dict[str, Any]] = []
        self.failures = 0

    def run(self) -> None:
        for message in self.wanted:
            while not self._sent(message):
                self.failures += 1
                time.sleep(0.05)

    def _sent(self, message: dict[str, Any]) -> bool:
        try:
            answer = self.client.post(self.path, json=message)
        except httpx.HTTPError:
            return False
        if answer.status_code not in {200, 201}:
            raise AssertionError(answer.text)
        self.answers.append(answer.json())
        return True
