"""The promised answer: examples that one can check in a calendar, and laws."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lotse.centres.answer_time import Worker, absent_until, promise

BERLIN = ZoneInfo("Europe/Berlin")
OFFICE = (time(17),) * 5 + (None, None)
NINE_TO_FIVE = Worker(OFFICE)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=BERLIN)


@pytest.mark.parametrize(
    ("asked", "state", "answered"),
    [
        ("2026-11-23 10:00", "BE", "2026-11-25 17:00"),  # Monday -> Wednesday
        ("2026-11-26 20:00", "BE", "2026-11-30 17:00"),  # Thursday evening -> Monday
        ("2026-11-28 10:00", "BE", "2026-12-01 17:00"),  # Saturday -> Tuesday
        ("2026-12-23 10:00", "BE", "2026-12-28 17:00"),  # over Christmas
        ("2026-06-02 10:00", "BE", "2026-06-04 17:00"),  # Corpus Christi is none in Berlin
        ("2026-06-02 10:00", "BY", "2026-06-05 17:00"),  # but in Bavaria
        ("2026-06-02 10:00", "", "2026-06-04 17:00"),  # Land unknown: national holidays only
        ("2026-06-02 10:00", "XX", "2026-06-04 17:00"),
    ],
)
def test_two_working_days(asked: str, state: str, answered: str) -> None:
    assert promise(at(asked), 2, state, [NINE_TO_FIVE]) == at(answered)


def test_half_a_week_counts_only_its_days() -> None:
    tuesday_thursday = Worker((None, time(12), None, time(16), None, None, None))
    assert promise(at("2026-11-23 10:00"), 2, "BE", [tuesday_thursday]) == at("2026-11-26 16:00")


def test_absence_is_counted_in() -> None:
    away = NINE_TO_FIVE._replace(away=((date(2026, 11, 23), date(2026, 12, 4)),))
    assert promise(at("2026-11-23 10:00"), 2, "BE", [away]) == at("2026-12-08 17:00")


def test_a_colleague_answers_for_the_centre() -> None:
    away = NINE_TO_FIVE._replace(away=((date(2026, 11, 23), date(2026, 12, 4)),))
    both = promise(at("2026-11-23 10:00"), 2, "BE", [away, NINE_TO_FIVE])
    assert both == at("2026-11-25 17:00")


def test_a_centre_without_counsellors_keeps_office_hours() -> None:
    assert promise(at("2026-11-23 10:00"), 1, "BE", []) == at("2026-11-24 17:00")


def test_the_same_day_while_work_is_not_over() -> None:
    assert promise(at("2026-11-23 16:59"), 0, "BE", [NINE_TO_FIVE]) == at("2026-11-23 17:00")
    assert promise(at("2026-11-23 17:00"), 0, "BE", [NINE_TO_FIVE]) == at("2026-11-24 17:00")


def test_who_is_away_for_years_promises_nothing() -> None:
    away = NINE_TO_FIVE._replace(away=((date(2026, 1, 1), date(2030, 1, 1)),))
    assert promise(at("2026-11-23 10:00"), 2, "BE", [away]) is None
    assert absent_until(away, "BE", date(2026, 11, 23)) == date(2030, 1, 1)


def test_the_question_is_dated_in_local_time() -> None:
    late = datetime.fromisoformat("2026-11-23T23:30:00+00:00")  # Tuesday in Berlin
    assert promise(late, 1, "BE", [NINE_TO_FIVE]) == at("2026-11-25 17:00")


def test_absent_until_the_last_day_before_work() -> None:
    away = NINE_TO_FIVE._replace(away=((date(2026, 11, 23), date(2026, 11, 27)),))
    assert absent_until(away, "BE", date(2026, 11, 22)) is None
    assert absent_until(away, "BE", date(2026, 11, 23)) == date(2026, 11, 29)
    assert absent_until(away, "BE", date(2026, 11, 28)) is None


def test_absences_joined_by_a_weekend_are_one() -> None:
    weeks = ((date(2026, 11, 23), date(2026, 11, 27)), (date(2026, 11, 30), date(2026, 12, 2)))
    away = NINE_TO_FIVE._replace(away=weeks)
    assert absent_until(away, "BE", date(2026, 11, 24)) == date(2026, 12, 2)


days = st.dates(date(2025, 1, 1), date(2030, 12, 31))
moments = st.builds(lambda day, clock: datetime.combine(day, clock, BERLIN), days, st.times())
absences = st.tuples(days, st.integers(0, 40)).map(
    lambda pair: (pair[0], pair[0] + timedelta(days=pair[1]))
)
ends = st.none() | st.times(time(6), time(22)).map(lambda end: end.replace(microsecond=0))
workers = st.builds(
    Worker,
    st.tuples(*[ends] * 7).filter(any),
    st.lists(absences, max_size=3).map(lambda spans: tuple(sorted(spans))),
)
states = st.sampled_from(["", "BE", "BY", "SN", "NW"])
teams = st.lists(workers, min_size=1, max_size=3)


@given(moments, st.integers(0, 5), states, teams)
def test_the_answer_comes_after_the_question(
    asked: datetime, count: int, state: str, team: list[Worker]
) -> None:
    answered = promise(asked, count, state, team)
    assert answered is not None
    assert answered > asked
    assert any(worker.end_on(answered.date()) == answered.time() for worker in team)


@given(moments, st.timedeltas(timedelta(0), timedelta(days=30)), st.integers(0, 5), states, teams)
def test_who_asks_later_is_not_answered_earlier(
    asked: datetime, wait: timedelta, count: int, state: str, team: list[Worker]
) -> None:
    first, second = (promise(moment, count, state, team) for moment in (asked, asked + wait))
    assert first is not None
    assert second is not None
    assert first <= second


@given(moments, st.integers(0, 5), states, teams)
def test_more_days_take_longer(asked: datetime, count: int, state: str, team: list[Worker]) -> None:
    fewer, more = promise(asked, count, state, team), promise(asked, count + 1, state, team)
    assert fewer is not None
    assert more is not None
    assert fewer <= more
    assert count == 0 or fewer < more


@given(moments, st.integers(0, 5), states, teams, workers)
def test_one_more_colleague_never_costs_a_day(
    asked: datetime, count: int, state: str, team: list[Worker], colleague: Worker
) -> None:
    alone, helped = (
        promise(asked, count, state, team),
        promise(asked, count, state, [*team, colleague]),
    )
    assert alone is not None
    assert helped is not None
    assert helped.date() <= alone.date()


@given(moments, st.integers(0, 5), states, workers, absences)
def test_absence_never_hastens(
    asked: datetime, count: int, state: str, worker: Worker, absence: tuple[date, date]
) -> None:
    away = worker._replace(away=(*worker.away, absence))
    present, absent = promise(asked, count, state, [worker]), promise(asked, count, state, [away])
    assert present is not None
    assert absent is not None
    assert present <= absent


@given(days, st.integers(0, 40), states, workers)
def test_work_goes_on_the_day_after(today: date, length: int, state: str, worker: Worker) -> None:
    absence = (today, today + timedelta(days=length))
    until = absent_until(worker._replace(away=(*worker.away, absence)), state, today)
    assert until is not None
    assert until >= absence[1]
    assert worker.end_on(until + timedelta(days=1)) is not None
