"""Views of the office that differ from Wagtail's."""

from typing import Any

from django.conf import settings
from django.db.models import ProtectedError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.admin.views import account, generic

from lotse.accounts import sessions
from lotse.centres.invitations import invite


@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    sessions.end(request)
    return HttpResponseRedirect(settings.LOGIN_URL)


class Delete(generic.DeleteView):
    """Says so if something still depends on the record, where Wagtail would fail."""

    def form_valid(self, form: Any) -> HttpResponse:
        # After its deletion the record has no key, and a language has no name.
        self.name = str(self.object)
        try:
            response: HttpResponse = super().form_valid(form)
        except ProtectedError:
            messages.error(self.request, _("“%s” is still in use and stays.") % self.name)
            return HttpResponseRedirect(self.get_success_url())
        return response

    def get_success_message(self) -> str:
        kind = capfirst(self.model._meta.verbose_name)
        return str(self.success_message % {"model_name": kind, "object": self.name})


class Invite(generic.CreateView):
    """Shows the new link once: only its hash is kept."""

    page_title = gettext_lazy("Invite")

    def form_valid(self, form: Any) -> HttpResponse:
        values = form.cleaned_data
        invitation, link = invite(
            values["role"], form.place, note=values["note"], made_by=self.request.user
        )
        context = self.get_context_data(form=form) | {"invitation": invitation, "link": link}
        return render(self.request, "office/invited.html", context)


class Account(account.AccountView):
    """Leaves out names and picture: our people only have a nickname."""

    def get_panels(self) -> list[Any]:
        unused = (account.NameEmailSettingsPanel, account.AvatarSettingsPanel)
        return [panel for panel in super().get_panels() if not isinstance(panel, unused)]
