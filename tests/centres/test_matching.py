"""Who is offered to a client, and in which order."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from lotse.centres.matching import find
from tests.centres.staff import make_absence, make_case, make_centre, make_counsellor

pytestmark = pytest.mark.django_db
# A Monday without a holiday near.
MONDAY = datetime(2026, 11, 23, 10, tzinfo=ZoneInfo("Europe/Berlin"))
HAMBURG = {"state": "HH", "latitude": 53.55, "longitude": 10.0}
KIEL = {"state": "SH", "latitude": 54.32, "longitude": 10.13}
MUNICH = {"state": "BY", "latitude": 48.14, "longitude": 11.57}


def names(language: str = "de", topic: str = "", place: str = "", gender: str = "") -> list[str]:
    return [
        match.counsellor.name for match in find(language, topic, place, gender, MONDAY).counsellors
    ]


def test_only_who_speaks_the_language() -> None:
    centre = make_centre()
    make_counsellor("Amira", centre, "ar de")
    make_counsellor("Olga", centre, "ru de")
    assert names("ar") == ["Amira"]
    assert names("ti") == []
    assert find("ti", None, None, None).next_free is None


def test_only_who_can_be_asked() -> None:
    make_counsellor("Pause", make_centre("A"), takes_new=False)
    make_counsellor("Zu", make_centre("B", is_open=False))
    make_counsellor("Neu", make_centre("C"), has_key=False)
    gone = make_counsellor("Weg", make_centre("D")).person
    gone.is_active = False
    gone.save()
    assert names() == []


def test_a_key_of_another_centre_does_not_count() -> None:
    moved = make_counsellor("Moved", make_centre("A"))
    moved.centre = make_centre("B")
    moved.save()
    assert names() == []


def test_the_topic_counts_before_distance() -> None:
    make_counsellor("Near", make_centre("A", **HAMBURG), topics="family")
    make_counsellor("Any", make_centre("B", **KIEL))
    make_counsellor("Expert", make_centre("C", **MUNICH), topics="housing family")
    assert names(topic="housing", place="20095 Hamburg") == ["Expert", "Any", "Near"]


def test_distance_counts_only_with_a_place() -> None:
    make_counsellor("South", make_centre("A", **MUNICH), capacity=200)
    make_counsellor("North", make_centre("B", **HAMBURG), capacity=100)
    make_counsellor("Nowhere", make_centre("C"))
    assert names(place="Hamburg")[0] == "North"
    assert names(place="80331")[0] == "South"
    found = find("de", "", "Hamburg", "", MONDAY).counsellors
    kilometres = {match.counsellor.name: match.km for match in found}
    assert kilometres["Nowhere"] is None
    assert kilometres["South"] == pytest.approx(612, abs=10)
    assert all(match.km is None for match in find("de", "", None, "", MONDAY).counsellors)


def test_who_has_room_before_who_is_full() -> None:
    near, far = make_centre("A", **HAMBURG), make_centre("B", **MUNICH)
    full = make_counsellor("Full", near, capacity=1)
    make_counsellor("Free", far, capacity=1)
    make_case(near, counsellor=full)
    assert names(place="Hamburg") == ["Free", "Full"]
    assert [match.is_free for match in find("de", "", "", "").counsellors] == [True, False]


def test_closed_cases_take_no_room_and_wishes_do() -> None:
    centre = make_centre()
    one = make_counsellor("One", centre, capacity=1)
    two = make_counsellor("Two", centre, capacity=1)
    make_case(centre, counsellor=one, closed_at=timezone.now())
    make_case(centre, requested=two)
    make_case(centre, counsellor=one, requested=two, closed_at=timezone.now())
    assert names() == ["One", "Two"]


def test_who_is_away_comes_last_and_says_until_when() -> None:
    centre = make_centre()
    away = make_counsellor("Away", centre)
    make_counsellor("Here", centre, capacity=1)
    make_absence(away, MONDAY.date(), MONDAY.date() + timedelta(days=3))
    here, gone = find("de", "", "", "", MONDAY).counsellors
    assert [here.counsellor.name, gone.counsellor.name] == ["Here", "Away"]
    assert gone.absent_until == MONDAY.date() + timedelta(days=3)
    assert here.answer_by is not None
    assert gone.answer_by is not None
    assert here.answer_by < gone.answer_by


def test_who_answers_sooner_before_who_has_more_room() -> None:
    make_counsellor("Slow", make_centre("A", answer_days=5), capacity=500)
    make_counsellor("Quick", make_centre("B", answer_days=1), capacity=5)
    assert names() == ["Quick", "Slow"]


def test_more_room_between_equals() -> None:
    centre = make_centre()
    for name, open_cases in (("Busy", 3), ("Calm", 1)):
        counsellor = make_counsellor(name, centre, capacity=10)
        for _ in range(open_cases):
            make_case(centre, counsellor=counsellor)
    assert names() == ["Calm", "Busy"]


def test_gender_excludes_and_leaves_no_next_free() -> None:
    centre = make_centre()
    make_counsellor("Frau", centre, gender="female")
    make_counsellor("Mann", centre, gender="male")
    make_counsellor("Unsaid", centre)
    assert names(gender="female") == ["Frau"]
    assert find("de", "", "", "female", MONDAY).next_free is None


def test_next_free_is_the_centre_that_answers_soonest() -> None:
    make_counsellor("Near", make_centre("A", answer_days=5, **HAMBURG))
    make_counsellor("Quick", make_centre("B", answer_days=1, **MUNICH))
    next_free = find("de", "", "Hamburg", "", MONDAY).next_free
    assert next_free is not None
    assert next_free.centre.name == "B"
    assert next_free.answer_by == MONDAY.replace(day=24, hour=17)
    assert names(place="Hamburg") == ["Near", "Quick"]


def test_nobody_is_next_free_when_all_are_full() -> None:
    make_counsellor("Full", make_centre(), capacity=0)
    found = find("de", "", "", "", MONDAY)
    assert found.next_free is None
    assert len(found.counsellors) == 1


def test_the_number_of_queries_does_not_grow() -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as made:
            for match in find("de", "housing", "Hamburg", "", MONDAY).counsellors:
                assert match.counsellor.centre.name
                assert match.counsellor.languages.all()
                assert match.counsellor.topics.all()
        return len(made)

    def settle(number: int) -> None:
        centre = make_centre(f"Haus {number}", **HAMBURG)
        absent = make_counsellor(f"a{number}", centre, "de en", "housing")
        make_absence(absent, MONDAY.date(), MONDAY.date())
        make_case(centre, counsellor=make_counsellor(f"b{number}", centre, "de en", "housing"))

    settle(0)
    alone = queries()
    for number in range(1, 10):
        settle(number)
    assert queries() == alone
