"""A counsellor. New ones join by invitation, because their own browser makes their keys."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lotse.centres.models import Counsellor
from lotse.office.forms.hours import HoursField
from lotse.office.forms.offers import LanguagesField

_MOST_CASES = 1000


class CounsellorForm(forms.ModelForm):
    languages = LanguagesField(label=_("languages"))
    hours = HoursField(label=_("working hours"))
    capacity = forms.IntegerField(label=_("cases at once"), min_value=0, max_value=_MOST_CASES)
    may_sign_in = forms.BooleanField(
        label=_("may sign in"),
        required=False,
        help_text=_("Untick when somebody leaves: all devices are signed out at once."),
    )

    class Meta:
        model = Counsellor
        fields = [
            *("name", "centre", "slug", "languages", "topics", "gender", "about", "hours"),
            *("capacity", "takes_new"),
        ]
        widgets = {"topics": forms.CheckboxSelectMultiple}
        help_texts = {
            "centre": _("Another centre has other keys: invite the person there."),
            "slug": _("Links and codes on paper stop working when it changes."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["centre"].disabled = True
        self.fields["may_sign_in"].initial = self.instance.person.is_active

    def save(self, commit: bool = True) -> Counsellor:
        person = self.instance.person
        if person.is_active != self.cleaned_data["may_sign_in"]:
            person.is_active = self.cleaned_data["may_sign_in"]
            person.save()
        counsellor: Counsellor = super().save(commit)
        return counsellor
