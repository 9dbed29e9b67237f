"""The counsellors who fit, and what to offer if nobody does."""

from typing import Any, NamedTuple
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from lotse.ask import offered
from lotse.ask.choices import ABROAD, UNSAID, Choices
from lotse.ask.language import preferred
from lotse.ask.offered import Spoken, spoken
from lotse.centres import matching
from lotse.centres.geo import distance_km
from lotse.centres.models import Centre, Counsellor, Gender, Topic
from lotse.centres.places import locate

COMMON = ("de", "en")
"""Languages that we offer to a client whose own language no counsellor speaks."""
OFFICES = 3


class Card(NamedTuple):
    match: matching.Match
    languages: list[Spoken]
    topics: list[Topic]
    chat: str


class Filter(NamedTuple):
    link: str
    text: str
    chosen: bool


def context(request: HttpRequest, choices: Choices) -> dict[str, Any]:
    found = matching.find(
        choices.language, choices.topic, choices.town or None, choices.gender or None
    )
    nobody = not found.counsellors
    return {
        "chosen_language": choices.language,
        "chosen": _chosen(choices),
        "genders": _genders(choices) if found.counsellors or choices.gender else [],
        "free": found.next_free,
        "free_chat": _chat(choices, "centre", found.next_free.centre.id) if found.next_free else "",
        "cards": [_card(choices, match) for match in found.counsellors],
        "others": _other_languages(request, choices) if nobody and not choices.gender else [],
        "offices": _offices(choices) if nobody and not choices.gender else [],
        "everybody": choices.link(gender=""),
    }


def _chosen(choices: Choices) -> list[Filter]:
    """The choices so far, each with a link to change it."""
    topic = next((str(one) for one in offered.topics() if one.slug == choices.topic), "")
    places = {ABROAD: _("abroad"), UNSAID: _("any place")}
    return [
        Filter(choices.link(language="", gender=""), spoken(choices.language).local_name, True),
        Filter(choices.link(topic="", gender=""), topic, True),
        Filter(choices.link(place="", gender=""), places.get(choices.place, choices.place), True),
    ]


def _genders(choices: Choices) -> list[Filter]:
    named = (
        ("", pgettext("counsellors", "All")),
        (Gender.FEMALE.value, pgettext("counsellors", "Women")),
        (Gender.MALE.value, pgettext("counsellors", "Men")),
    )
    return [Filter(choices.link(gender=key), text, choices.gender == key) for key, text in named]


def _card(choices: Choices, match: matching.Match) -> Card:
    counsellor: Counsellor = match.counsellor
    codes = [language.code for language in counsellor.languages.all()]
    # The language that the client asked for comes first.
    codes.sort(key=lambda code: code != choices.language)
    topics = sorted(counsellor.topics.all(), key=lambda topic: topic.slug != choices.topic)
    return Card(
        match,
        [spoken(code) for code in codes],
        topics,
        _chat(choices, "counsellor", counsellor.id),
    )


def _chat(choices: Choices, kind: str, id_: UUID) -> str:
    place = "" if choices.place == UNSAID else choices.place
    answers = {"language": choices.language, "topic": choices.topic, "place": place}
    return f"/chat/?{urlencode({kind: str(id_)} | {k: v for k, v in answers.items() if v})}"


def _other_languages(request: HttpRequest, choices: Choices) -> list[Filter]:
    """Other languages that this person may speak and in which somebody answers."""
    codes = [one.code for one in offered.languages(request)]
    likely = [*preferred(request), *COMMON]
    return [
        Filter(choices.link(language=code), spoken(code).own_name, False)
        for code in dict.fromkeys(likely)
        if code in codes and code != choices.language
    ]


def _offices(choices: Choices) -> list[Centre]:
    """Centres that speak the language by telephone or in person, the nearest first."""
    reachable = Centre.objects.filter(languages=choices.language).exclude(phone="", email="")
    home = locate(choices.town) if choices.town else None

    def distance(centre: Centre) -> float:
        if not home or centre.latitude is None or centre.longitude is None:
            return float("inf")
        return distance_km(home[:2], (centre.latitude, centre.longitude))

    return sorted(reachable, key=distance)[:OFFICES]
