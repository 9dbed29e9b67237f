"""What counsellors may change about themselves, and what is refused."""

from datetime import date, timedelta
from typing import Any

import pytest
from pydantic import ValidationError

from lotse.centres.actions import MAX_ABSENCES, add_absence, remove_absence, update_profile
from lotse.centres.models import Counsellor, office_hours
from lotse.centres.schemas import Profile
from lotse.core.identifiers import new_id
from lotse.core.problems import Problem
from tests.centres.staff import make_centre, make_counsellor, today

pytestmark = pytest.mark.django_db
PROFILE: dict[str, Any] = {
    "name": "Amira",
    "languages": ["ar", "de"],
    "topics": ["work"],
    "gender": "female",
    "about": "أهلاً\nHallo",
    "hours": {"2": [["10:00", "12:00"]]},
    "capacity": 20,
    "takes_new": False,
}


@pytest.fixture
def counsellor() -> Counsellor:
    return make_counsellor("Alt", make_centre())


def what(problem: Problem) -> str:
    assert problem.extra is not None
    field = problem.extra["fields"][0]
    return f"{field['at'][0]}: {field['what']}"


def test_a_profile_is_kept_as_given(counsellor: Counsellor) -> None:
    update_profile(counsellor, Profile.model_validate(PROFILE))
    kept = Counsellor.objects.get()
    assert (kept.name, kept.gender, kept.about) == ("Amira", "female", "أهلاً\nHallo")
    assert (kept.hours, kept.capacity, kept.takes_new) == (PROFILE["hours"], 20, False)
    assert {language.code for language in kept.languages.all()} == {"ar", "de"}
    assert {topic.slug for topic in kept.topics.all()} == {"work"}
    assert kept.slug == "alt"  # links on paper stay good


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"languages": ["de", "xx"]}, "languages: unknown"),
        ({"topics": ["magic"]}, "topics: unknown"),
        ({"about": "a\x00b"}, "about: control-character"),
        ({"hours": {}}, "hours: hours-empty"),
        ({"hours": {"1": [["10:00", "09:00"]]}}, "hours: hours-backwards"),
    ],
)
def test_refusals_change_nothing(
    counsellor: Counsellor, change: dict[str, Any], expected: str
) -> None:
    with pytest.raises(Problem) as refused:
        update_profile(counsellor, Profile.model_validate(PROFILE | change))
    assert refused.value.slug == "invalid"
    assert what(refused.value) == expected
    kept = Counsellor.objects.get()
    assert (kept.name, kept.hours) == ("Alt", office_hours())


@pytest.mark.parametrize(
    "change",
    [
        {"name": " "},
        {"name": "x" * 81},
        {"languages": []},
        {"gender": "robot"},
        {"about": "x" * 1001},
        {"capacity": -1},
        {"person": "x"},
    ],
)
def test_forms_that_no_profile_has(change: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        Profile.model_validate(PROFILE | change)


def test_absences_come_and_go(counsellor: Counsellor) -> None:
    absence = add_absence(counsellor, today(), today() + timedelta(days=3))
    assert counsellor.absences.get() == absence
    remove_absence(counsellor, absence.pk)
    assert not counsellor.absences.exists()


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        (5, 4, "last_day: before-first-day"),
        (-5, -1, "last_day: past"),
        (0, 731, "last_day: too-far"),
        (731, 732, "last_day: too-far"),
    ],
)
def test_impossible_absences(counsellor: Counsellor, first: int, last: int, expected: str) -> None:
    days = today() + timedelta(days=first), today() + timedelta(days=last)
    with pytest.raises(Problem) as refused:
        add_absence(counsellor, *days)
    assert what(refused.value) == expected


def test_the_ends_of_the_calendar_are_no_error_of_ours(counsellor: Counsellor) -> None:
    with pytest.raises(Problem):
        add_absence(counsellor, date.min, date.max)


def test_absences_are_bounded(counsellor: Counsellor) -> None:
    for _ in range(MAX_ABSENCES):
        add_absence(counsellor, today(), today())
    with pytest.raises(Problem) as refused:
        add_absence(counsellor, today(), today())
    assert what(refused.value) == "first_day: too-many"


def test_a_colleagues_absence_is_not_mine_to_remove(counsellor: Counsellor) -> None:
    absence = add_absence(counsellor, today(), today())
    colleague = make_counsellor("Neu", counsellor.centre)
    for id_ in (absence.pk, new_id()):
        with pytest.raises(Problem) as refused:
            remove_absence(colleague, id_)
        assert refused.value.slug == "not-found"
    assert counsellor.absences.exists()
