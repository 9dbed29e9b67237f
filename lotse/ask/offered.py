"""Languages and topics in which somebody here counsels."""

from typing import NamedTuple

from django.http import HttpRequest
from django.utils.translation import get_language

from lotse.ask.language import preferred
from lotse.centres.models import Language, Topic
from lotse.centres.queries import askable
from lotse.core import languages as names


class Spoken(NamedTuple):
    code: str
    own_name: str
    local_name: str
    direction: str


def languages(request: HttpRequest) -> list[Spoken]:
    """Languages in which a counsellor can be asked. Those that this person may speak come first."""
    offered = Language.objects.filter(counsellors__in=askable()).distinct()
    likely = preferred(request)

    def rank(language: Spoken) -> tuple[int, str]:
        place = likely.index(language.code) if language.code in likely else len(likely)
        return place, language.own_name.casefold()

    return sorted((spoken(language.code) for language in offered), key=rank)


def spoken(code: str) -> Spoken:
    return Spoken(
        code,
        names.own_name(code),
        names.name(code, get_language() or "de"),
        names.direction(code),
    )


def topics() -> list[Topic]:
    return list(Topic.objects.all())
