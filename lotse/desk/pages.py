"""The counsellors' workplace: its page holds nothing; the browser's script fills it."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from lotse.keys.pages import own_island


@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    return own_island(request, "desk", _("Workplace"))
