"""News between processes and hosts, over Redis. Only hints: without it everything comes, later.

Two threads, because whoever tells must not wait: one publishes, one listens. While the listener
has no connection, news may be missed: then streams look into the database every few seconds, and
nothing that was remembered about a session is believed.
"""

import atexit
import json
import logging
import queue
import threading
from collections.abc import Iterable
from math import inf
from time import monotonic, sleep
from uuid import UUID, uuid4

from django.db import Error, connection
from redis import Redis, RedisError
from redis.backoff import NoBackoff
from redis.retry import Retry

from lotse.stream import queries
from lotse.stream.wake import InProcess, News

CHANNEL = "lotse:news"
POLL = 3.0
"""Seconds between looks at the database without Redis."""
UNSENT = 500
"""Commits and signals that wait for Redis, each with all its messages; what goes beyond is lost."""
PATIENCE = 1.5
"""Seconds for an answer. With POLL less than five, after which news come at the latest."""
SILENCE = 3 * PATIENCE
"""Seconds after which a connection that says nothing, though asked, is taken for dead."""
LAST_WORDS = 2.0
"""Seconds for which the end of a process, such as a command's, waits for what is unsent."""

log = logging.getLogger(__name__)


class Shared(InProcess):
    def __init__(self, address: str) -> None:
        super().__init__()
        self.whole_since = inf
        self._address, self._own = address, uuid4().hex
        self._unsent: queue.Queue[list[News]] = queue.Queue(UNSENT)
        self._has_lost = False
        for work in (self._publish, self._listen):
            threading.Thread(target=work, name=work.__name__, daemon=True).start()
        atexit.register(self.finish)

    def tell(self, news: list[News]) -> None:
        super().tell(news)
        try:
            self._unsent.put_nowait(news)
        except queue.Full:
            self._has_lost = True

    def finish(self) -> None:
        # Queue.join(), but not for ever: Redis may be away.
        with self._unsent.all_tasks_done:
            self._unsent.all_tasks_done.wait_for(
                lambda: not self._unsent.unfinished_tasks, LAST_WORDS
            )

    def _publish(self) -> None:
        redis = self._client()
        while True:
            message = _packed(self._own, self._unsent.get())
            while not self._published(redis, message):
                sleep(1)
            self._unsent.task_done()

    def _published(self, redis: Redis, message: str) -> bool:
        # Cleared before: what is lost meanwhile has to be said once more.
        had_lost, self._has_lost = self._has_lost, False
        try:
            if had_lost:
                # Whoever hears this has missed something, and looks and checks for itself.
                redis.publish(CHANNEL, _packed(self._own, []))
            redis.publish(CHANNEL, message)
        except RedisError:
            self._has_lost |= had_lost
            return False
        return True

    def _listen(self) -> None:
        while True:
            try:
                self._hear()
            except RedisError as error:
                if self.whole_since < inf:
                    log.warning("Redis is away, looking into the database instead: %s", error)
            except Exception:
                # Perhaps of another version. If this thread ended, nobody would ever look again.
                log.exception("news that cannot be read, listening anew")
            self.whole_since = inf
            self._look()
            sleep(POLL)

    def _hear(self) -> None:
        with self._client().pubsub() as heard:  # type: ignore[no-untyped-call]
            heard.subscribe(CHANNEL)
            last = monotonic()
            while monotonic() - last < SILENCE:
                message = heard.get_message(timeout=PATIENCE)
                if message is None:
                    heard.ping()
                    continue
                last = monotonic()
                if message["type"] == "subscribe":
                    self._begin()
                elif message["type"] == "message":
                    self._take(message["data"])

    def _begin(self) -> None:
        """Nothing is missed from now on; what was missed until now is caught up with."""
        self.whole_since = monotonic()
        self._look()
        with self._lock:
            people = list(self._ears)
        super().tell([News(person, "recheck") for person in people])

    def _take(self, data: bytes) -> None:
        sender, news = _unpacked(data)
        if sender == self._own:
            return
        if news:
            super().tell(news)
        else:
            self._begin()

    def _look(self) -> None:
        """What news would have said, asked of the database."""
        with self._lock:
            people = list(self._ears)
        try:
            newest = queries.newest(people)
        except Error:
            return
        finally:
            connection.close()
        super().tell([News(person, "event", number) for person, number in newest])

    def _client(self) -> Redis:
        return Redis.from_url(
            self._address,
            socket_timeout=PATIENCE,
            socket_connect_timeout=PATIENCE,
            retry=Retry(NoBackoff(), 0),
        )


def _packed(sender: str, news: Iterable[News]) -> str:
    return json.dumps(
        [
            sender,
            [(one.person.hex, one.kind, one.number, one.frame.decode(), one.after) for one in news],
        ]
    )


def _unpacked(data: bytes) -> tuple[str, list[News]]:
    sender, news = json.loads(data)
    return sender, [
        News(UUID(person), kind, number, frame.encode(), after)
        for person, kind, number, frame, after in news
    ]
