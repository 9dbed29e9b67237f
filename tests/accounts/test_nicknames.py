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


@pytest.mark.parametrize("nickname", ["amal", "أمل", "Лена 7", "José", "😀😀"])
def test_people_may_be_called_as_they_are(nickname: str) -> None:
    assert clean_nickname(f"  {nickname} ") == nickname
