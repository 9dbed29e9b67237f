"""The counsellors' workplace. Its page is empty until the script in the browser fills it."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from lotse.core.page import island


@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    return island(request, "desk", _("Workplace"))
