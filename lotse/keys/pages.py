"""Islands that know who is signed in."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.functional import Promise

from lotse.accounts.models import Person
from lotse.core.page import island
from lotse.keys import queries


def own_island(request: HttpRequest, name: str, title: "str | Promise") -> HttpResponse:
    """Brings along what GET /api/me answers, "null" for nobody: a round trip less.

    Speaks the person's language unless another one was chosen in this browser; give a lazy `title`.
    """
    person = request.user
    if not isinstance(person, Person) or not person.is_active:
        return island(request, name, title, me="null")
    if settings.LANGUAGE_COOKIE_NAME not in request.COOKIES:
        translation.activate(person.language)
    return island(request, name, title, me=queries.me(person).model_dump_json())
