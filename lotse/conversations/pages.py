"""The chat: its page holds nothing; the browser's script fills it."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from lotse.core.page import island


@require_safe
def chat(request: HttpRequest) -> HttpResponse:
    """First question (counsellor or centre in the query) and running conversations alike."""
    return island(request, "chat", _("Chat"))
