"""Whether a coordinator or an administrator may sign in. Only they can change the rest."""

from django import forms
from django.utils.translation import gettext_lazy as _

from lotse.accounts.roles import Role
from lotse.office.models import Colleague


class ColleagueForm(forms.ModelForm):
    class Meta:
        model = Colleague
        fields = ["is_active"]
        labels = {"is_active": _("may sign in")}
        help_texts = {
            "is_active": _("Untick when somebody leaves: all devices are signed out at once.")
        }

    def clean_is_active(self) -> bool:
        stays = bool(self.cleaned_data["is_active"])
        if not stays and self.instance.role == Role.ADMINISTRATOR and not self._others():
            raise forms.ValidationError(_("Somebody must remain who can administer."))
        return stays

    def _others(self) -> bool:
        active = Colleague.objects.filter(role=Role.ADMINISTRATOR, is_active=True)
        return bool(active.exclude(pk=self.instance.pk).exists())
