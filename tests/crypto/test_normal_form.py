"""Browser and server read what is typed in one way, now and for ever."""

import json
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from playwright.sync_api import Page

from lotse.core.normal_form import normal_form
from lotse.demo import crypto
from tests.crypto.test_password import FLOOR

FROZEN: list[list[str]] = json.loads((Path(__file__).parent / "normal-form.json").read_text())
IN_BROWSER = "(texts) => texts.map(normalForm)"
LIKELY = (
    "\u0300\u0301\u0308\u0640\u064b\u0653\u0654\u0670\u200c\u200d\ufe0f\u00adآأؤئىیکةهوe9٩۹ \u3000"
)
# What is assigned in the Unicode version of every Python that we run on; NFKC never changes there.
ASSIGNED = st.characters(codec="utf-8", exclude_categories=["Cn", "Cs"])
TEXTS = st.text(st.sampled_from(LIKELY) | ASSIGNED, max_size=12)


@pytest.mark.parametrize(("typed", "meant"), FROZEN, ids=ascii)
def test_the_frozen_form_in_python(typed: str, meant: str) -> None:
    assert normal_form(typed) == meant


def test_the_frozen_form_in_the_browser(page: Page) -> None:
    made = page.evaluate(IN_BROWSER, [typed for typed, _ in FROZEN])
    assert made == [meant for _, meant in FROZEN]


@given(TEXTS)
def test_once_is_enough(text: str) -> None:
    assert normal_form(normal_form(text)) == normal_form(text)


def test_every_single_character_alike(page: Page) -> None:
    characters = [
        chr(code) for code in range(0x20000) if unicodedata.category(chr(code)) not in {"Cn", "Cs"}
    ]
    # A letter on both sides, so that spaces and marks have something to stand between.
    texts = [f"a{one}b" for one in characters]
    made = page.evaluate(IN_BROWSER, texts)
    assert [one for one in zip(texts, made, strict=True) if normal_form(one[0]) != one[1]] == []


def test_generated_texts_alike(page: Page) -> None:
    @settings(max_examples=20, deadline=None)
    @given(st.lists(TEXTS, min_size=50, max_size=100))
    def alike(texts: list[str]) -> None:
        assert page.evaluate(IN_BROWSER, texts) == [normal_form(text) for text in texts]

    alike()


@pytest.mark.parametrize(
    ("chosen", "typed"),
    [
        ("شهر١٢٣٤٥٦٧", "شهر1234567"),
        ("كلمة السر علي", "  کلمه\u00a0السر  علی\u200f"),
        ("mein haus am see", "mein haus am see "),
    ],
)
def test_a_password_fits_from_another_keyboard(page: Page, chosen: str, typed: str) -> None:
    kdf = crypto.Kdf(salt=str(FLOOR["salt"]), memory_kib=19456, passes=2)
    derive = "async ([password, kdf]) => (await lotse.derive(password, kdf)).signInKey"
    assert page.evaluate(derive, [typed, kdf]) == crypto.derive(chosen, kdf).sign_in_key


@pytest.mark.parametrize("other", ["Kadibo Remusa", "kadibo rémusa", "kadiboremusa"])
def test_case_accents_and_spaces_between_words_still_count(other: str) -> None:
    assert normal_form(other) != normal_form("kadibo remusa")
