"""Working hours: what is kept, and what is refused."""

from datetime import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lotse.centres.hours import clean_hours, ends_of_work
from lotse.centres.models import office_hours


def test_days_and_spans_come_in_order() -> None:
    given_hours = {
        "3": [["13:00", "17:00"], ["08:00", "12:00"]],
        "1": [["09:00", "10:00"]],
        "2": [],
    }
    cleaned = clean_hours(given_hours)
    assert list(cleaned) == ["1", "3"]
    assert cleaned["3"] == [["08:00", "12:00"], ["13:00", "17:00"]]


def test_office_hours_are_good_hours() -> None:
    assert clean_hours(office_hours()) == office_hours()
    assert ends_of_work(office_hours()) == (time(17),) * 5 + (None, None)


@pytest.mark.parametrize(
    ("hours", "word"),
    [
        ({}, "hours-empty"),
        ({"1": []}, "hours-empty"),
        ({"8": [["09:00", "10:00"]]}, "hours-form"),
        ({"1": [["9:00", "10:00"]]}, "hours-form"),
        ({"1": [["09:00", "24:00"]]}, "hours-form"),
        ({"1": [["09:00"]]}, "hours-form"),
        ({"1": "09:00-10:00"}, "hours-form"),
        ({"1": [["09:00", "09:10"]] * 5}, "hours-form"),
        ({"1": [["10:00", "09:00"]]}, "hours-backwards"),
        ({"1": [["09:00", "11:00"], ["10:00", "12:00"]]}, "hours-overlap"),
        ([], "hours-form"),
        (None, "hours-form"),
    ],
)
def test_refusals(hours: Any, word: str) -> None:
    with pytest.raises(ValueError, match=f"^{word}$"):
        clean_hours(hours)


json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=6),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("12378"), inner),
)


@given(json)
def test_anything_is_cleaned_or_refused(value: Any) -> None:
    try:
        assert clean_hours(clean_hours(value)) == clean_hours(value)
    except ValueError as refusal:
        assert str(refusal).startswith("hours-")
