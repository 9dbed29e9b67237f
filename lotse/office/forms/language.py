"""A language from CLDR's list."""

from typing import Any

from babel import Locale
from django import forms
from django.utils.translation import get_language

from lotse.centres.models import Language
from lotse.core import languages


def speakable() -> list[tuple[str, str]]:
    """Languages (without script or region) that the office does not have yet, sorted by name."""
    into = get_language() or "de"
    taken = set(Language.objects.values_list("code", flat=True))
    codes = set(Locale.parse("en").languages) - taken
    named = ((code, languages.name(code, into)) for code in codes if code.isalpha())
    return sorted(named, key=lambda pair: pair[1].casefold())


class LanguageForm(forms.ModelForm):
    class Meta:
        model = Language
        fields = ["code"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        label = self.fields["code"].label
        self.fields["code"] = forms.ChoiceField(label=label, choices=speakable)
