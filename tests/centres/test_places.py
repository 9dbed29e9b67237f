"""Postcodes and places: what people type, and what the source gets wrong."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lotse.centres.folding import fold_place
from lotse.centres.geo import distance_km
from lotse.centres.places import SUGGESTIONS, locate, search
from lotse.centres.spellings import spellings

BERLIN, STUTTGART = (52.52, 13.40), (48.78, 9.18)


@pytest.mark.parametrize("query", ["München", "MÜNCHEN", "Muenchen", "munchen", "Mun", "Münch"])
def test_a_town_is_found_however_it_is_spelt(query: str) -> None:
    assert search(query)[0].place == "München"


@pytest.mark.parametrize("query", ["gießen", "Giessen", "GIESSEN"])
def test_sharp_s(query: str) -> None:
    assert [place.place for place in search(query)] == ["Gießen"]


@pytest.mark.parametrize("query", ["٢٠٠٩٥", "۲۰۰۹۵"])
def test_digits_of_every_keyboard(query: str) -> None:
    assert search(query)[0].place == "Hamburg"
    assert search(query) == search("20095")
    assert locate(query) == locate("20095")


@pytest.mark.parametrize(
    "query, town",
    [
        *(("برلين", "Berlin"), ("برلین", "Berlin"), ("بَرْلـين", "Berlin"), ("Берлин", "Berlin")),
        *(("Берлін", "Berlin"), ("هامبورغ", "Hamburg"), ("هامبورج", "Hamburg")),
        *(("هامبورگ", "Hamburg"), ("гамб", "Hamburg"), ("هامب", "Hamburg"), ("Хамбург", "Hamburg")),
        *(("ميونخ", "München"), ("ميونيخ", "München"), ("МЮНХЕН", "München")),
        *(("كولونيا", "Köln"), ("کلن", "Köln"), ("Кёльн", "Köln"), ("Кельн", "Köln")),
        *(("Гёттинген", "Göttingen"), ("Ґеттінґен", "Göttingen"), ("گوتینگن", "Göttingen")),
        *(("فرانكفورت", "Frankfurt am Main"), ("Франкфурт на Майні", "Frankfurt am Main")),
        *(("Франкфурт-на-Одере", "Frankfurt (Oder)"), ("مونشن‌گلادباخ", "Mönchengladbach")),
        *(("إيسن", "Essen"), ("ايسن", "Essen"), ("غيسن", "Gießen"), ("جيسن", "Gießen")),
        *(("Фридланд", "Friedland"), ("Айзенхюттенштадт", "Eisenhüttenstadt")),
    ],
)
def test_a_town_is_found_in_other_letters(query: str, town: str) -> None:
    assert search(query)[0].place == town
    assert locate(query) == locate(town)


@pytest.mark.parametrize("query", ["Київ", "Киев", "دمشق", "Мюнхенн"])
def test_what_is_no_german_town_is_not_found_in_other_letters(query: str) -> None:
    assert search(query) == []


def test_every_spelling_finds_its_town() -> None:
    for town, others in spellings().items():
        assert town in {place.place for place in search(town)}
        for other in others:
            assert town in {place.place for place in search(other)}, other


def test_other_letters_find_every_town_of_the_name() -> None:
    friedland = [place for place in search("Friedland") if place.place == "Friedland"]
    assert search("فريدلاند") == friedland
    assert {place.state for place in friedland} == {"NI", "BB", "MV"}


def test_words_inside_a_name_are_found() -> None:
    assert search("cannst")[0].place == "Stuttgart Bad Cannstatt"
    assert search("bad cann")[0].place == "Stuttgart Bad Cannstatt"


def test_a_town_with_many_codes_is_one_suggestion() -> None:
    suggestions = search("Berlin")
    assert [place.place for place in suggestions].count("Berlin") == 1
    assert suggestions[0][:3] == ("", "Berlin", "BE")


def test_towns_of_one_name_are_told_apart_by_code_and_land() -> None:
    halle = [place for place in search("Halle") if place.place == "Halle"]
    assert {place.state for place in halle} == {"ST", "NW", "NI"}
    assert all(place.postcode for place in halle)
    assert halle[0].state == "ST"


def test_codes_by_their_beginning() -> None:
    assert search("10115")[0][:3] == ("10115", "Berlin", "BE")
    codes = [place.postcode for place in search("101")]
    assert codes == sorted(codes)
    assert all(code.startswith("101") for code in codes)


def test_company_codes_are_no_suggestion_until_typed_whole() -> None:
    assert not any(place.company for place in search("1087"))
    assert search("10875")[0][:3] == ("10875", "Berlin", "BE")


def test_a_company_code_lies_with_its_neighbours() -> None:
    found = locate("10875")
    assert found is not None
    assert found.state == "BE"
    assert distance_km(found[:2], BERLIN) < 10


@pytest.mark.parametrize(
    "text", ["70173", "70173 Stuttgart", "in 70173", "Stuttgart", "stuttgart "]
)
def test_locate_reads_code_and_name(text: str) -> None:
    found = locate(text)
    assert found is not None
    assert found.state == "BW"
    assert distance_km(found[:2], STUTTGART) < 10


def test_a_name_beside_the_code_chooses_among_its_places() -> None:
    riepe, ihlow = locate("26632 Ihlow Riepe"), locate("26632")
    assert riepe != ihlow


def test_an_unknown_code_lies_with_the_codes_around_it() -> None:
    found = locate("10116")
    assert found is not None
    assert distance_km(found[:2], BERLIN) < 10


@pytest.mark.parametrize("text", ["", " ", "x", "00000", "123456", "abroad!", "%", "\x00", "😀"])
def test_nowhere(text: str) -> None:
    assert locate(text) is None


def test_jungholz_has_a_german_code_but_no_land() -> None:
    assert search("87491")[0].state == ""


@given(st.text(max_size=200))
def test_any_text_is_answered(text: str) -> None:
    assert len(search(text)) <= SUGGESTIONS
    locate(text)


@given(st.text(max_size=40), st.integers(0, 40))
def test_the_folding_of_a_beginning_begins_the_folding(text: str, length: int) -> None:
    assert fold_place(text).startswith(fold_place(text[:length]))
