from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone, translation

from lotse.ask.templatetags.people import day, initials


@pytest.mark.parametrize(
    "name, letters",
    [("Amira Demo", "AD"), ("oksana", "O"), ("Amira (Demo)", "A"), ("ليلى حكاية", "لح"),
     ("Анна-Мария де Врис", "АД"), ("  ", ""), ("123", "")],
)  # fmt: skip
def test_initials(name: str, letters: str) -> None:
    assert initials(name) == letters


@pytest.mark.parametrize(
    "language, written",
    [("de", "Mittwoch, 2. Januar"), ("en", "Wednesday 2 January"), ("ru", "среда, 2 января"),
     ("ar", "الأربعاء 2 يناير")],
)  # fmt: skip
def test_day(language: str, written: str) -> None:
    with translation.override(language):
        assert day(date(2036, 1, 2)) == written


def test_near_days_have_names() -> None:
    today = timezone.localdate()
    with translation.override("de"):
        assert day(today) == "heute"
        assert day(today + timedelta(1)) == "morgen"


def test_moment_counts_where_the_centre_is() -> None:
    late = datetime(2036, 1, 1, 23, 30, tzinfo=ZoneInfo("UTC"))
    with translation.override("de"):
        assert day(late) == "Mittwoch, 2. Januar"
