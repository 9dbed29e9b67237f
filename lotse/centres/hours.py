"""Working hours as kept in JSON: {"1": [["09:00", "12:00"], ["13:00", "17:00"]], …}.

Keys are ISO weekdays, values spans of local time.
"""

import re
from datetime import time
from itertools import pairwise
from typing import Any

Hours = dict[str, list[list[str]]]
WEEKDAYS = tuple("1234567")
SPANS_MAX = 4
_CLOCK = re.compile(r"([01]\d|2[0-3]):[0-5]\d")


def clean_hours(value: Any) -> Hours:
    """The same hours with days and spans in order. Raises ValueError with a stable code."""
    if not isinstance(value, dict) or not set(value) <= set(WEEKDAYS):
        raise ValueError("hours-form")
    days = {day: _clean_spans(value[day]) for day in WEEKDAYS if value.get(day)}
    if not days:
        # Without any hours, no client could be promised an answer.
        raise ValueError("hours-empty")
    return days


def _clean_spans(spans: Any) -> list[list[str]]:
    if not isinstance(spans, list) or len(spans) > SPANS_MAX or not all(map(_is_span, spans)):
        raise ValueError("hours-form")
    ordered: list[list[str]] = sorted([*span] for span in spans)
    if any(start >= end for start, end in ordered):
        raise ValueError("hours-backwards")
    if any(earlier[1] > later[0] for earlier, later in pairwise(ordered)):
        raise ValueError("hours-overlap")
    return ordered


def _is_span(span: Any) -> bool:
    return (
        isinstance(span, list | tuple)
        and len(span) == 2
        and all(isinstance(clock, str) and _CLOCK.fullmatch(clock) for clock in span)
    )


def ends_of_work(hours: Hours) -> tuple[time | None, ...]:
    """When work ends on each day from Monday to Sunday; None on free days."""
    return tuple(
        max(time.fromisoformat(end) for _, end in hours[day]) if hours.get(day) else None
        for day in WEEKDAYS
    )
