"""A centre. The form fills in what follows from the postcode."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lotse.centres.models import Centre
from lotse.centres.places import locate
from lotse.centres.slugs import free_slug
from lotse.office.forms.offers import LanguagesField

LAENDER = {
    "BW": "Baden-Württemberg",
    "BY": "Bayern",
    "BE": "Berlin",
    "BB": "Brandenburg",
    "HB": "Bremen",
    "HH": "Hamburg",
    "HE": "Hessen",
    "MV": "Mecklenburg-Vorpommern",
    "NI": "Niedersachsen",
    "NW": "Nordrhein-Westfalen",
    "RP": "Rheinland-Pfalz",
    "SL": "Saarland",
    "SN": "Sachsen",
    "ST": "Sachsen-Anhalt",
    "SH": "Schleswig-Holstein",
    "TH": "Thüringen",
}
_MOST_DAYS = 20


class CentreForm(forms.ModelForm):
    languages = LanguagesField(required=False, label=_("languages"))
    state = forms.ChoiceField(
        label=_("Land"),
        required=False,
        choices=[("", _("from the postcode")), *LAENDER.items()],
        help_text=_("Its public holidays count for the promised answer time."),
    )
    postcode = forms.RegexField(r"^\d{5}$", label=_("postcode"), required=False)
    answer_days = forms.IntegerField(
        label=_("answers within working days"), min_value=0, max_value=_MOST_DAYS, initial=2
    )
    latitude = forms.FloatField(label=_("latitude"), required=False, min_value=-90, max_value=90)
    longitude = forms.FloatField(
        label=_("longitude"), required=False, min_value=-180, max_value=180
    )

    class Meta:
        model = Centre
        fields = [
            *("organisation", "name", "slug", "address", "postcode", "place", "state"),
            *("latitude", "longitude", "phone", "email", "languages", "topics"),
            *("answer_days", "is_open"),
        ]
        widgets = {"topics": forms.CheckboxSelectMultiple}
        help_texts = {"slug": _("Links and codes on paper stop working when it changes.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["slug"].required = False

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or {}
        if not values.get("slug") and values.get("name"):
            others = Centre.objects.exclude(pk=self.instance.pk)
            taken = set(others.values_list("slug", flat=True))
            values["slug"] = free_slug(values["name"], taken, "centre")
        self._locate(values)
        return values

    def _locate(self, values: dict[str, Any]) -> None:
        if (values.get("latitude") is None) != (values.get("longitude") is None):
            self.add_error("latitude", _("Latitude and longitude go together."))
        home = locate(f"{values.get('postcode', '')} {values.get('place', '')}")
        moved = {"postcode", "place"} & {*self.changed_data}
        kept = {"latitude", "longitude"} & {*self.changed_data}
        if home and (values.get("latitude") is None or (moved and not kept)):
            values["latitude"], values["longitude"] = home[:2]
        if home and (not values.get("state") or (moved and "state" not in self.changed_data)):
            values["state"] = home.state
