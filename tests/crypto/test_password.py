"""Passwords, their parameters, and the recovery code."""

import re

import pytest
from playwright.sync_api import Page

from lotse.core.identifiers import to_text
from lotse.demo import crypto

SALT = to_text(bytes(16))
FLOOR = {"salt": SALT, "memory_kib": 19456, "passes": 2}
REFUSED = [
    {"memory_kib": 19455},
    {"passes": 1},
    {"memory_kib": 262145},
    {"passes": 11},
    {"salt": to_text(bytes(15))},
    {"salt": to_text(bytes(65))},
    {"memory_kib": 65536.5},
    {"passes": "3"},
    {"memory_kib": None},
]


@pytest.mark.parametrize("change", REFUSED, ids=str)
def test_parameters_out_of_bounds_are_refused(page: Page, change: dict[str, object]) -> None:
    attempt = "(kdf) => refusal(() => lotse.derive('secret', kdf))"
    assert page.evaluate(attempt, FLOOR | change) == "CryptoFailure"


@pytest.mark.parametrize("password", ["ﬁne Ｋey", "fine Key"])
def test_same_key_however_the_keyboard_composes(page: Page, password: str) -> None:
    kdf = crypto.Kdf(salt=SALT, memory_kib=19456, passes=2)
    derive = "async ([password, kdf]) => (await lotse.derive(password, kdf)).signInKey"
    assert page.evaluate(derive, [password, kdf]) == crypto.derive("fine Key", kdf).sign_in_key


def test_only_the_pages_own_worker_starts(page: Page) -> None:
    """Script that got in must not use our policy for an address of its own."""
    attempt = """async (kdf) => {
      await lotse.derive('secret', kdf)
      const { dataset } = document.getElementById('app')
      const given = dataset.worker
      dataset.worker = '/other.js'
      const outcome = await refusal(() => lotse.derive('secret', kdf))
      dataset.worker = given
      return outcome
    }"""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    assert page.evaluate(attempt, FLOOR) == "CryptoFailure"
    assert not any("other.js" in url for url in asked)


def test_a_new_password_opens_the_same_account(page: Page) -> None:
    change = """async () => {
      const { account, keys } = await lotse.createAccount(crypto.randomUUID(), 'old', 'client')
      const changed = await lotse.changePassword(account, 'new', 'client')
      const open = async (password, wire) =>
        lotse.openAccount(account.person, await lotse.derive(password, wire), wire)
      const wire = { ...keys, ...changed }
      const again = await open('new', wire)
      const same = lotse.toBase64url((await again.box()).publicKey) === keys.box_public
      return [same, changed.salt !== keys.salt, await refusal(() => open('old', wire))]
    }"""
    assert page.evaluate(change) == [True, True, "CryptoFailure"]


CODE = bytes(range(240, 256))


def test_recovery_code_is_shown_alike(page: Page) -> None:
    shown = crypto.show_recovery_code(CODE)
    assert re.fullmatch(r"([0-9A-HJKMNP-TV-Z]{4}-){6}[0-9A-HJKMNP-TV-Z]{4}", shown)
    parse = "(text) => lotse.toBase64url(lotse.parseRecoveryCode(text))"
    assert page.evaluate(parse, shown) == to_text(CODE)
    assert crypto.parse_recovery_code(shown) == CODE


def _typed(code: str) -> list[str]:
    latin_to_cyrillic = str.maketrans("ABEKMHPCTX", "АВЕКМНРСТХ")
    to_arabic = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
    to_persian = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")
    return [
        code.lower(),
        code.replace("-", " "),
        code.replace("-", "–"),
        f"  {code.replace('-', '')}\n",
        f"\u200f{code}\u200f",
        code.replace("0", "O"),
        code.replace("0", "o").replace("1", "l"),
        code.replace("1", "i"),
        code.translate(latin_to_cyrillic),
        code.lower().translate(str.maketrans("abekmhpctx", "авекмнрстх")),
        code.translate(to_arabic),
        code.translate(to_persian),
        code.translate(str.maketrans("0123456789", "०१२३४५६७८९")),
        code.translate(str.maketrans("-", "−")),
        f"Ihr Code\n\n{code}\n\nMit diesem Code und Ihrem Spitznamen: x.example/recover/\n",
        f"Your recovery code {code} With this code and your nickname",
        f"Your recovery code {code.replace('-', ' ')} With this code",
        f"رمز الاسترداد\r\n\r\n\u200e{code.translate(to_arabic)}\u200e\r\n",
    ]


@pytest.mark.parametrize("seed", [bytes(16), bytes.fromhex("0123456789abcdef0123456789abcdef")])
def test_recovery_code_forgives(page: Page, seed: bytes) -> None:
    parse = "(text) => lotse.toBase64url(lotse.parseRecoveryCode(text))"
    for typed in _typed(crypto.show_recovery_code(seed)):
        assert page.evaluate(parse, typed) == to_text(seed), typed


@pytest.mark.parametrize(
    "wrong",
    ["", "0", "U" * 28, "0" * 29, "0" * 27 + "1", crypto.show_recovery_code(CODE)[:-1] + "!"],
)
def test_recovery_code_that_is_none(page: Page, wrong: str) -> None:
    attempt = "(text) => refusal(() => lotse.parseRecoveryCode(text))"
    assert page.evaluate(attempt, wrong) == "RecoveryCodeError"


def test_every_single_mistyped_letter_but_one_in_a_thousand_is_noticed(page: Page) -> None:
    attempt = """(code) => {
      const letters = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
      let [tried, missed] = [0, 0]
      for (let at = 0; at < code.length; at++) {
        for (const letter of letters) {
          if (code[at] === '-' || code[at] === letter) continue
          tried++
          try {
            lotse.parseRecoveryCode(code.slice(0, at) + letter + code.slice(at + 1))
            missed++
          } catch {}
        }
      }
      return [tried, missed]
    }"""
    tried, missed = page.evaluate(attempt, crypto.show_recovery_code(CODE))
    assert tried == 28 * 31
    assert missed <= 4


def test_suggested_passphrases(page: Page) -> None:
    made = page.evaluate("() => Array.from({ length: 2000 }, () => lotse.suggestPassphrase())")
    assert len(set(made)) == len(made)
    word = "([bdfgklmnrstvw][aeiou]){2}"
    assert all(re.fullmatch(f"({word}-){{4}}{word}", one) for one in made)
    # 20,000 syllables, each of 13 consonants about 1,538 times; six deviations allowed.
    letters = "".join(made)
    assert all(1310 < letters.count(letter) < 1770 for letter in "bdfgklmnrstvw")
