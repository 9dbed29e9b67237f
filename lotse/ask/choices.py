"""What a person has chosen on the way to a counsellor. Only the address carries it."""

from dataclasses import dataclass, fields, replace
from urllib.parse import urlencode

from django.http import QueryDict

from lotse.centres import places
from lotse.centres.models import Gender, Language, Topic

STEPS = ("language", "topic", "place", "age", "asylum")
ABROAD, UNSAID = "abroad", "unsaid"
YES, NO = "yes", "no"


@dataclass(frozen=True)
class Choices:
    """Empty means not answered. `age` answers "under 27?"; `told`: has seen who else can help."""

    language: str = ""
    topic: str = ""
    place: str = ""
    age: str = ""
    asylum: str = ""
    told: str = ""
    gender: str = ""

    @property
    def step(self) -> str:
        for name in STEPS:
            if not getattr(self, name):
                return name
        if YES in {self.age, self.asylum} and not self.told:
            return "elsewhere"
        return "counsellors"

    @property
    def query(self) -> str:
        return urlencode({k: v for k, v in vars(self).items() if v})

    def link(self, **changes: str) -> str:
        return f"?{replace(self, **changes).query}"

    def back(self) -> "Choices":
        """The choices without the last answer."""
        if self.told:
            return replace(self, told="", gender="")
        answered = [name for name in STEPS if getattr(self, name)]
        return replace(self, **{answered[-1]: ""}) if answered else self

    @property
    def town(self) -> str:
        """The place, if we can look it up."""
        return "" if self.place in {ABROAD, UNSAID} else self.place


def read(query: QueryDict) -> Choices:
    """An impossible answer counts as no answer: the wizard asks again."""
    given = {field.name: query.get(field.name, "") for field in fields(Choices)}
    answers = {YES, NO, UNSAID}
    allowed = {
        "language": set(Language.objects.values_list("code", flat=True)),
        "topic": set(Topic.objects.values_list("slug", flat=True)),
        "place": {ABROAD, UNSAID, *_like(given["place"])},
        "age": answers,
        "asylum": answers,
        "told": {YES},
        "gender": {Gender.FEMALE.value, Gender.MALE.value},
    }
    return Choices(**{name: text if text in allowed[name] else "" for name, text in given.items()})


def label(place: places.Place) -> str:
    return f"{place.postcode} {place.place}".strip()


def _like(text: str) -> list[str]:
    return [label(place) for place in places.search(text)]
