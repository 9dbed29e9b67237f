"""What a new installation begins with."""

import pytest

from lotse.centres.models import Language, Topic
from lotse.centres.seeds import LANGUAGES, TOPICS, ensure_languages_and_topics
from lotse.core import languages


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_language_has_names(code: str) -> None:
    assert languages.own_name(code).casefold() != code
    assert languages.name(code, "de").casefold() != code


@pytest.mark.parametrize("slug", TOPICS)
def test_every_topic_is_named_in_every_language_of_the_interface(slug: str) -> None:
    assert {"de", "en", "ar", "ru"} <= TOPICS[slug].keys()
    assert all(TOPICS[slug].values())


@pytest.mark.django_db
def test_seeds_are_there_in_order() -> None:
    assert [topic.slug for topic in Topic.objects.all()] == list(TOPICS)
    assert {language.code for language in Language.objects.all()} == set(LANGUAGES)


@pytest.mark.django_db
def test_what_the_office_removed_stays_removed() -> None:
    Topic.objects.get(slug="other").delete()
    Language.objects.get(code="vi").delete()
    ensure_languages_and_topics()
    assert not Topic.objects.filter(slug="other").exists()
    assert not Language.objects.filter(code="vi").exists()
