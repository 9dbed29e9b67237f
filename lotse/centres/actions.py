"""What counsellors change about themselves."""

import unicodedata
from datetime import date, timedelta
from uuid import UUID

from django.utils import timezone

from lotse.centres.hours import Hours, clean_hours
from lotse.centres.models import Absence, Counsellor, Language, Topic
from lotse.centres.schemas import Profile
from lotse.core.database import in_transaction
from lotse.core.problems import Problem

MAX_ABSENCES = 50
"""Current and future absences of one counsellor."""
MAX_ABSENCE_SPAN = timedelta(days=730)


@in_transaction
def update_profile(counsellor: Counsellor, profile: Profile) -> None:
    """Raises Problem "invalid", which names the field that is wrong."""
    languages = list(Language.objects.filter(pk__in=profile.languages))
    topics = list(Topic.objects.filter(pk__in=profile.topics))
    _check(len(languages) == len(set(profile.languages)), "languages", "unknown")
    _check(len(topics) == len(set(profile.topics)), "topics", "unknown")
    _check(_is_writable(profile.about), "about", "control-character")
    counsellor.hours = _hours(profile)
    for field in ("name", "gender", "about", "capacity", "takes_new"):
        setattr(counsellor, field, getattr(profile, field))
    counsellor.save()
    counsellor.languages.set(languages)
    counsellor.topics.set(topics)


def add_absence(counsellor: Counsellor, first_day: date, last_day: date) -> Absence:
    """Absences may overlap: each day counts once."""
    today = timezone.localdate()
    _check(first_day <= last_day, "last_day", "before-first-day")
    _check(today <= last_day, "last_day", "past")
    _check(max(first_day - today, last_day - first_day) <= MAX_ABSENCE_SPAN, "last_day", "too-far")
    coming = counsellor.absences.filter(last_day__gte=today).count()
    _check(coming < MAX_ABSENCES, "first_day", "too-many")
    return counsellor.absences.create(first_day=first_day, last_day=last_day)


def remove_absence(counsellor: Counsellor, absence: UUID) -> None:
    removed, _ = counsellor.absences.filter(pk=absence).delete()
    if not removed:
        raise Problem("not-found")


def _hours(profile: Profile) -> Hours:
    try:
        return clean_hours(profile.hours)
    except ValueError as error:
        raise _invalid("hours", str(error)) from error


def _is_writable(text: str) -> bool:
    """PostgreSQL refuses NUL, and no other control character belongs in a text."""
    return not any(unicodedata.category(sign) == "Cc" and sign not in "\n\r\t" for sign in text)


def _check(holds: bool, field: str, what: str) -> None:
    if not holds:
        raise _invalid(field, what)


def _invalid(field: str, what: str) -> Problem:
    return Problem("invalid", extra={"fields": [{"at": [field], "what": what}]})
