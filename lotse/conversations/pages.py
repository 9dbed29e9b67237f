"""The chat. Its page is empty; the browser's script fills it."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from lotse.core.page import island


@require_safe
def chat(request: HttpRequest) -> HttpResponse:
    """Serves the first question (with a counsellor or centre in the query) and running chats."""
    return island(request, "chat", _("Chat"))
