"""Which counsellors fit a client: language first.

Only counsellors who speak the language and can be asked (`queries.askable`) are ranked. A gender
that the client asks for excludes others as well. Each rule decides only where the rules before it
see no difference:

1. counsellors who can begin: not away today, and with fewer open cases than their capacity;
2. counsellors who name the topic, then those who name no topic, then those who name only others;
3. distance of the centre: up to 25 km, up to 100 km, then further or unknown. Distance does not
   count for a client who lives abroad or would rather not say;
4. the earliest promised answer, with working days, holidays and absences counted in;
5. the smallest share of capacity in use;
6. the nearer centre.

"The next free counsellor" leads to a centre: among the best by rules 1 and 2, the centre of the
counsellor who answers soonest; rules 3, 5 and 6 decide between equals. It is not offered when no
counsellor can begin, or when the client asks for a gender: a centre cannot promise who answers.
"""

import functools
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from django.utils import timezone

from lotse.centres.answer_time import absent_until, centre_answer_by, promise
from lotse.centres.candidates import Candidate, candidates
from lotse.centres.geo import Point, distance_km
from lotse.centres.models import Centre, Counsellor
from lotse.centres.places import locate
from lotse.centres.queries import whole_centres, whole_counsellors

SHOWN = 30
NEAR_KM, REGION_KM = 25, 100


@dataclass(frozen=True)
class Match:
    """`km`: distance to the centre, None if unknown. `answer_by`: None if away for a year."""

    counsellor: Counsellor
    km: float | None
    answer_by: datetime | None
    absent_until: date | None
    is_free: bool
    names_topic: bool


@dataclass(frozen=True)
class NextFree:
    centre: Centre
    km: float | None
    answer_by: datetime | None


@dataclass(frozen=True)
class Found:
    next_free: NextFree | None
    counsellors: list[Match]


class _Seen(NamedTuple):
    """A candidate, with what depends on the client and on the time of asking."""

    candidate: Candidate
    begins: bool
    topic: int
    band: int
    km: float | None
    answer_by: datetime | None
    absent_until: date | None


def find(
    language: str,
    topic: str | None,
    place: str | None,
    gender: str | None,
    now: datetime | None = None,
) -> Found:
    """The first SHOWN counsellors by the rules above. `place` is a text for `places.locate`."""
    now = timezone.localtime(now)
    home = locate(place) if place else None
    look = _looker(home[:2] if home else None, now)
    seen = [
        look(candidate) for candidate in candidates(language, topic or "", gender or "", now.date())
    ]
    last = datetime.max.replace(tzinfo=now.tzinfo)

    def rank(one: _Seen) -> tuple[object, ...]:
        best = (not one.begins, one.topic, one.band, one.answer_by or last, one.candidate.load)
        return *best, one.km or 0, one.candidate.id

    seen.sort(key=rank)
    return Found(None if gender else _next_free(seen, now), _matches(seen[:SHOWN]))


def _looker(home: Point | None, now: datetime) -> Callable[[Candidate], _Seen]:
    # Many counsellors share hours, centre and Land: each promise is computed once.
    promised = functools.cache(functools.partial(promise, now))
    distance = functools.cache(distance_km)

    def look(candidate: Candidate) -> _Seen:
        worker, state = candidate.worker, candidate.state
        km = distance(home, candidate.point) if home and candidate.point else None
        until = absent_until(worker, state, now.date()) if worker.away else None
        return _Seen(
            candidate,
            until is None and candidate.is_free,
            0 if candidate.names_topic else 2 if candidate.names_any else 1,
            _band(km) if home else 0,
            km,
            promised(candidate.answer_days, state, (worker,)),
            until,
        )

    return look


def _band(km: float | None) -> int:
    if km is None or km > REGION_KM:
        return 2
    return 0 if km <= NEAR_KM else 1


def _next_free(seen: list[_Seen], now: datetime) -> NextFree | None:
    able = [one for one in seen if one.begins and one.answer_by and one.topic == seen[0].topic]
    if not able:
        return None
    # The sort is stable: where promises are equal, the order of the ranking stays.
    first = min(able, key=lambda one: one.answer_by or now)
    centre = whole_centres().get(pk=first.candidate.centre)
    return NextFree(centre, first.km, centre_answer_by(centre, now))


def _matches(seen: list[_Seen]) -> list[Match]:
    by_id = {UUID(one.candidate.id): one for one in seen}
    # A counsellor who was removed since the first query is rightly missing here.
    whole = whole_counsellors().in_bulk(list(by_id))
    return [
        Match(
            whole[id_],
            one.km,
            one.answer_by,
            one.absent_until,
            one.candidate.is_free,
            one.candidate.names_topic,
        )
        for id_, one in by_id.items()
        if id_ in whole
    ]
