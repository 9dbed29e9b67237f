"""An organisation."""

from django import forms
from django.utils.translation import gettext_lazy as _

from lotse.centres.models import Organisation


class OrganisationForm(forms.ModelForm):
    website = forms.URLField(label=_("website"), required=False, assume_scheme="https")

    class Meta:
        model = Organisation
        fields = ["name", "website"]
