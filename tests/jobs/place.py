"""An empty installation for workers, and what their jobs have written down."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from django.utils import timezone

from lotse.jobs.models import Job
from tests.jobs.room.jobs import write
from tests.support.server import Server
from tests.support.worker import Worker, until

WARM = "warm"


def left() -> int:
    return Job.objects.filter(recurs=False).count()


class Note(NamedTuple):
    at: float
    process: int
    what: str
    text: str


@dataclass
class Place:
    server: Server
    workers: list[Worker] = field(default_factory=list)

    def work(self, count: int = 1) -> list[Worker]:
        new = [Worker(self.server) for _ in range(count)]
        self.workers += new
        return new

    def warm_up(self) -> None:
        """Returns when every worker has begun something."""
        started = {worker.process.pid for worker in self.workers}

        def are_warm() -> bool:
            if not Job.objects.filter(due_at__lte=timezone.now()).exists():
                write.enqueue(WARM, seconds=0.5)
            return started <= {note.process for note in self.notes()}

        until(are_warm)
        until(lambda: not left())

    def notes(self, what: str = "begin", text: str = "") -> list[Note]:
        file = self.server.data / "notes"
        lines = file.read_text().splitlines() if file.exists() else []
        all_notes = [
            Note(float(at), int(pid), kind, said)
            for at, pid, kind, said in (line.split(" ", 3) for line in lines)
        ]
        return [note for note in all_notes if note.what == what and text in ("", note.text)]

    def has(self, what: str, text: str) -> Callable[[], bool]:
        return lambda: bool(self.notes(what, text))

    def overlaps(self) -> Iterator[str]:
        """Texts that were begun while they had not ended yet."""
        for text in {note.text for note in self.notes()} - {WARM}:
            begins, ends = self.notes("begin", text), self.notes("end", text)
            for earlier, later in zip(ends, begins[1:], strict=False):
                if later.at < earlier.at:
                    yield text
