"""Template filters for names and days."""

import unicodedata
from datetime import date, datetime

from babel.dates import format_date
from django import template
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

register = template.Library()
_DAYS = {"de": "EEEE, d. MMMM", "en": "EEEE d MMMM", "ar": "EEEE d MMMM", "ru": "EEEE, d MMMM"}


@register.filter
def initials(name: str) -> str:
    """The initials of the first two words that begin with a letter."""
    words = [word for word in name.split() if unicodedata.category(word[0]).startswith("L")]
    return "".join(word[0] for word in words[:2]).upper()


@register.filter
def day(moment: date) -> str:
    """ "Today", "tomorrow", or the weekday and date."""
    if isinstance(moment, datetime):
        moment = timezone.localtime(moment).date()
    away = (moment - timezone.localdate()).days
    if away in {0, 1}:
        return _("tomorrow") if away else _("today")
    language = get_language() or "de"
    return str(format_date(moment, _DAYS.get(language, _DAYS["en"]), locale=language))
