"""Notifications between processes and hosts, over Redis. Without it everything comes, but later.

Two threads, because a publisher must not wait: one publishes, one listens. While the listener has
no connection, notifications may be missed: then streams look into the database every few seconds,
and nothing that was remembered about a session is believed.
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
from lotse.stream.broker import InProcessBroker, Notification

CHANNEL = "lotse:notifications"
POLL_INTERVAL = 3.0
"""Seconds between looks at the database without Redis."""
MAX_UNSENT = 500
"""Commits and signals that wait for Redis, each with all its messages. Further ones are lost."""
REPLY_TIMEOUT = 1.5
"""Seconds for an answer. With POLL_INTERVAL this keeps the delay without Redis under five."""
CONNECTION_TIMEOUT = 3 * REPLY_TIMEOUT
"""Seconds after which a connection that does not answer pings counts as dead."""
FLUSH_TIMEOUT = 2.0
"""Seconds for which an ending process waits until everything is sent."""

log = logging.getLogger(__name__)


class RedisBroker(InProcessBroker):
    def __init__(self, address: str) -> None:
        super().__init__()
        self.complete_since = inf
        self._address, self._own = address, uuid4().hex
        self._unsent: queue.Queue[list[Notification]] = queue.Queue(MAX_UNSENT)
        self._has_lost = False
        for work in (self._publish, self._listen):
            threading.Thread(target=work, name=work.__name__, daemon=True).start()
        atexit.register(self.finish)

    def publish(self, notifications: list[Notification]) -> None:
        super().publish(notifications)
        try:
            self._unsent.put_nowait(notifications)
        except queue.Full:
            self._has_lost = True

    def finish(self) -> None:
        # Queue.join() with a timeout: Redis may be away.
        with self._unsent.all_tasks_done:
            self._unsent.all_tasks_done.wait_for(
                lambda: not self._unsent.unfinished_tasks, FLUSH_TIMEOUT
            )

    def _publish(self) -> None:
        redis = self._client()
        while True:
            message = _packed(self._own, self._unsent.get())
            while not self._published(redis, message):
                sleep(1)
            self._unsent.task_done()

    def _published(self, redis: Redis, message: str) -> bool:
        # Clear this first, so that a loss in the meantime is announced again.
        had_lost, self._has_lost = self._has_lost, False
        try:
            if had_lost:
                # An empty message tells the others that they missed something and have to look.
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
                if self.complete_since < inf:
                    log.warning("Redis is away, looking into the database instead: %s", error)
            except Exception:
                # It may come from another version. This thread must go on: nothing restarts it.
                log.exception("a notification could not be read; listening anew")
            self.complete_since = inf
            self._look()
            sleep(POLL_INTERVAL)

    def _hear(self) -> None:
        with self._client().pubsub() as heard:  # type: ignore[no-untyped-call]
            heard.subscribe(CHANNEL)
            last = monotonic()
            while monotonic() - last < CONNECTION_TIMEOUT:
                message = heard.get_message(timeout=REPLY_TIMEOUT)
                if message is None:
                    heard.ping()
                    continue
                last = monotonic()
                if message["type"] == "subscribe":
                    self._begin()
                elif message["type"] == "message":
                    self._take(message["data"])

    def _begin(self) -> None:
        """From now on nothing is missed. Streams catch up with what was missed before."""
        self.complete_since = monotonic()
        self._look()
        with self._lock:
            people = list(self._subscribers)
        super().publish([Notification(person, "recheck") for person in people])

    def _take(self, data: bytes) -> None:
        sender, notifications = _unpacked(data)
        if sender == self._own:
            return
        if notifications:
            super().publish(notifications)
        else:
            self._begin()

    def _look(self) -> None:
        """What missed notifications would have said, read from the database."""
        with self._lock:
            people = list(self._subscribers)
        try:
            newest = queries.newest(people)
        except Error:
            return
        finally:
            connection.close()
        super().publish([Notification(person, "event", number) for person, number in newest])

    def _client(self) -> Redis:
        return Redis.from_url(
            self._address,
            socket_timeout=REPLY_TIMEOUT,
            socket_connect_timeout=REPLY_TIMEOUT,
            retry=Retry(NoBackoff(), 0),
        )


def _packed(sender: str, notifications: Iterable[Notification]) -> str:
    return json.dumps(
        [
            sender,
            [
                (one.person.hex, one.kind, one.number, one.frame.decode(), one.after)
                for one in notifications
            ],
        ]
    )


def _unpacked(data: bytes) -> tuple[str, list[Notification]]:
    sender, notifications = json.loads(data)
    return sender, [
        Notification(UUID(person), kind, number, frame.encode(), after)
        for person, kind, number, frame, after in notifications
    ]
