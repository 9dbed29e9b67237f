import pytest
from django.http import QueryDict
from django.test import Client

from lotse.ask.choices import STEPS, Choices, read

pytestmark = pytest.mark.django_db
ANSWERED = "language=ar&topic=work&place=unsaid&age=no&asylum=no"


@pytest.mark.parametrize("answered", range(len(STEPS)))
def test_asks_what_is_not_answered(answered: int) -> None:
    known = "&".join(ANSWERED.split("&")[:answered])
    assert read(QueryDict(known)).step == STEPS[answered]


@pytest.mark.parametrize("yes", ["age", "asylum"])
def test_who_has_other_help_is_told_once(yes: str) -> None:
    query = ANSWERED.replace(f"{yes}=no", f"{yes}=yes")
    assert read(QueryDict(query)).step == "elsewhere"
    assert read(QueryDict(f"{query}&told=yes")).step == "counsellors"


@pytest.mark.parametrize(
    "query", ["language=xx", "language=\0", "topic=%00", "place=10115 Ring 0900!", "age=maybe"]
)
def test_impossible_answers_are_no_answers(query: str) -> None:
    assert read(QueryDict(query)) == Choices()


def test_link_carries_everything() -> None:
    choices = read(QueryDict(ANSWERED))
    assert read(QueryDict(choices.link(gender="female")[1:])) == Choices(
        "ar", "work", "unsaid", "no", "no", gender="female"
    )


def test_back_takes_the_last_answer_away() -> None:
    choices = read(QueryDict("language=ar&topic=work"))
    assert choices.back() == Choices("ar")
    assert choices.back().back().back() == Choices()


@pytest.mark.parametrize("place, town", [("abroad", ""), ("unsaid", ""), ("München", "München")])
def test_town(place: str, town: str) -> None:
    assert read(QueryDict(f"place={place}")).town == town


@pytest.mark.parametrize("typed", ["برلين", "Берлін", "Берл"])
def test_a_town_typed_in_other_letters_is_chosen(typed: str, client: Client) -> None:
    answer = client.get("/ask/", {"language": "ar", "topic": "work", "q": typed})
    assert answer.status_code == 302
    assert answer["Location"] == "?language=ar&topic=work&place=Berlin"
