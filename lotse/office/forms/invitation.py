"""Whom an administrator invites."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lotse.accounts.roles import Role
from lotse.centres.invitations import Place
from lotse.centres.models import Invitation

ROLES = {
    Role.COUNSELLOR: _("Counsellor, of a centre"),
    Role.COORDINATOR: _("Coordinator, of an organisation"),
    Role.ADMINISTRATOR: _("Administrator"),
}
_JOINED = {Role.COUNSELLOR: "centre", Role.COORDINATOR: "organisation"}


class InvitationForm(forms.ModelForm):
    role = forms.ChoiceField(label=_("role"), choices=list(ROLES.items()))

    class Meta:
        model = Invitation
        fields = ["role", "centre", "organisation", "note"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["centre"].required = self.fields["organisation"].required = False

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or {}
        joined = _JOINED.get(Role(values["role"])) if values.get("role") else None
        for field in _JOINED.values():
            if field == joined and not values.get(field) and field not in self.errors:
                self.add_error(field, _("Choose one for this role."))
            if field != joined and values.get(field):
                self.add_error(field, _("Does not go with this role."))
        return values

    @property
    def place(self) -> Place:
        place: Place = self.cleaned_data["centre"] or self.cleaned_data["organisation"]
        return place
