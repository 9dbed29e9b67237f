"""Counsellors as the ranking sees them: a few columns of many rows, in a fixed number of queries.

A search reads thousands of rows, so ids stay text: converting them to UUIDs takes longer than the
query.
"""

import functools
import json
from collections import defaultdict
from collections.abc import Iterable
from datetime import date, time
from typing import Any, NamedTuple

from django.db.models import (
    BooleanField,
    Count,
    Exists,
    OuterRef,
    QuerySet,
    Subquery,
    TextField,
    Value,
)
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, Coalesce

from lotse.centres.answer_time import Worker
from lotse.centres.geo import Point
from lotse.centres.hours import ends_of_work
from lotse.centres.models import Absence, Counsellor
from lotse.centres.queries import askable


class Candidate(NamedTuple):
    """One row as it was read, and what is derived from it."""

    id: str
    hours: str
    capacity: int
    open_cases: int
    names_topic: bool
    names_any: bool
    centre: str
    state: str
    latitude: float | None
    longitude: float | None
    answer_days: int
    away: tuple[tuple[date, date], ...]

    @property
    def worker(self) -> Worker:
        return Worker(_ends(self.hours), self.away)

    @property
    def point(self) -> Point | None:
        if self.latitude is None or self.longitude is None:
            return None
        return self.latitude, self.longitude

    @property
    def is_free(self) -> bool:
        return self.open_cases < self.capacity

    @property
    def load(self) -> float:
        return self.open_cases / max(1, self.capacity)


def candidates(language: str, topic: str, gender: str, today: date) -> list[Candidate]:
    """All counsellors who can be asked and who speak the language."""
    fitting = askable().filter(languages=language)
    if gender:
        fitting = fitting.filter(gender=gender)
    away = _absences(today)
    return [Candidate._make((*row, tuple(away.get(row[0], ())))) for row in _rows(fitting, topic)]


def _rows(counsellors: QuerySet[Counsellor], topic: str) -> Iterable[tuple[Any, ...]]:
    topics = Counsellor.topics.through.objects.filter(counsellor=OuterRef("pk"))
    named = Exists(topics.filter(topic=topic)) if topic else Value(True, BooleanField())
    return counsellors.order_by().values_list(
        _text("id"),
        # Many counsellors share the same hours. Kept as text, each value is parsed once.
        _text("hours"),
        "capacity",
        _open_cases(),
        named,
        Exists(topics),
        _text("centre"),
        *("centre__state", "centre__latitude", "centre__longitude", "centre__answer_days"),
    )


def _text(column: str) -> Combinable:
    return Cast(column, TextField())


@functools.lru_cache(maxsize=512)
def _ends(hours: str) -> tuple[time | None, ...]:
    return ends_of_work(json.loads(hours))


def _absences(today: date) -> dict[str, list[tuple[date, date]]]:
    away: dict[str, list[tuple[date, date]]] = defaultdict(list)
    coming = Absence.objects.filter(last_day__gte=today).order_by("first_day")
    for id_, first, last in coming.values_list(_text("counsellor"), "first_day", "last_day"):
        away[id_].append((first, last))
    return away


def _open_cases() -> Combinable:
    """Running cases, and new cases in which the client requested this counsellor."""
    # `conversations` is the room above, which this room may not import. Django gives counsellors
    # the reverse relation all the same.
    opened = Counsellor.cases.field.model._default_manager.filter(closed_at=None).order_by()
    running = opened.filter(counsellor=OuterRef("pk")).values("counsellor")
    requested = opened.filter(requested=OuterRef("pk"), counsellor=None).values("requested")
    return _number_of(running) + _number_of(requested)


def _number_of(grouped: QuerySet[Any, Any]) -> Combinable:
    return Coalesce(Subquery(grouped.annotate(n=Count("*")).values("n")), 0)
