import pytest
from hypothesis import given
from hypothesis import strategies as st

from lotse.accounts.nicknames import FOLDED_MAX, clean_nickname, fold_nickname


@given(st.text())
def test_folding_again_changes_nothing(text: str) -> None:
    assert fold_nickname(fold_nickname(text)) == fold_nickname(text)


@given(st.text())
def test_what_may_be_a_nickname_fits_its_column(text: str) -> None:
    try:
        cleaned = clean_nickname(text)
    except ValueError as error:
        assert str(error) in {"nickname-length", "nickname-characters"}
        return
    assert 2 <= len(cleaned) <= 40
    assert len(fold_nickname(cleaned)) <= FOLDED_MAX
    assert clean_nickname(cleaned) == cleaned


@pytest.mark.parametrize(
    "nickname", ["amal", "أمل", "Лена 7", "José", "😀😀", "👩\u200d👧 Mama", "می\u200cنا", "عَلِيّ"]
)
def test_people_may_be_called_as_they_are(nickname: str) -> None:
    assert clean_nickname(f" \ufeff{nickname} \u00ad\u202e") == nickname


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("علي", "علی"),
        ("علي", "عَلِـيّ"),
        ("Maria٩٩", "maria99"),
        ("👩\u200d👧 Mama", "👩👧 mama"),
        ("می\u200cنا", "مینا"),
        ("\ufeffAnna", "An\u00adna"),
        ("❤\ufe0f❤", "❤❤\ufe0f"),
        ("STRASSE", "straße"),
    ],
)
def test_two_that_look_the_same_are_one(one: str, other: str) -> None:
    assert fold_nickname(clean_nickname(one)) == fold_nickname(clean_nickname(other))


@pytest.mark.parametrize(
    ("nickname", "why"),
    [
        ("ـــ", "length"),
        ("\u200d\u200d", "length"),
        ("x" * 41, "length"),
        ("\ufb01", "length"),
        ("...", "characters"),
        ("a\tb\0", "characters"),
        ("\ue000a", "characters"),
    ],
)
def test_what_nobody_can_be_called(nickname: str, why: str) -> None:
    with pytest.raises(ValueError, match=f"^nickname-{why}$"):
        clean_nickname(nickname)
