"""Working hours as seven lines of text: "09:00–12:00, 13:00–17:00"."""

import re
from typing import Any

from django import forms
from django.utils.dates import WEEKDAYS as NAMES
from django.utils.translation import gettext_lazy as _

from lotse.centres import hours

_SPAN = re.compile(r"(\d{1,2})(?:[:.](\d\d))?\s*[-–—]\s*(\d{1,2})(?:[:.](\d\d))?")
_REFUSALS = {
    "hours-form": _("Write hours like 09:00–12:00, 13:00–17:00."),
    "hours-empty": _("At least one day has working hours."),
    "hours-backwards": _("Work ends after it begins."),
    "hours-overlap": _("These hours overlap."),
}


class HoursWidget(forms.MultiWidget):
    template_name = "office/hours.html"

    def __init__(self) -> None:
        super().__init__([forms.TextInput() for _day in hours.WEEKDAYS])

    def decompress(self, value: Any) -> list[str]:
        days = value if isinstance(value, dict) else {}
        return [", ".join("–".join(span) for span in days.get(day, [])) for day in hours.WEEKDAYS]

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        for number, part in enumerate(context["widget"]["subwidgets"]):
            part["label"] = NAMES[number]
        return context


class HoursField(forms.MultiValueField):
    widget = HoursWidget

    def __init__(self, **options: Any) -> None:
        days = [forms.CharField(required=False, max_length=100) for _day in hours.WEEKDAYS]
        super().__init__(days, require_all_fields=False, **options)

    def compress(self, lines: list[str]) -> hours.Hours:
        try:
            return hours.clean_hours(
                {day: _spans(line) for day, line in zip(hours.WEEKDAYS, lines, strict=False)}
            )
        except ValueError as error:
            raise forms.ValidationError(_REFUSALS[str(error)]) from error


def _spans(line: str) -> list[list[str]]:
    spans = []
    for text in filter(None, (part.strip() for part in line.split(","))):
        match = _SPAN.fullmatch(text)
        if not match:
            raise ValueError("hours-form")
        start, start_minute, end, end_minute = match.groups(default="00")
        spans.append([f"{start:0>2}:{start_minute}", f"{end:0>2}:{end_minute}"])
    return spans
