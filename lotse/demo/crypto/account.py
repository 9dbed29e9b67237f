"""Makes a person's keys, opens them by password or recovery code, and changes the password."""

import hashlib
import secrets
from dataclasses import dataclass
from typing import Literal, TypedDict

from argon2.low_level import Type, hash_secret_raw
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from lotse.core.identifiers import from_text, to_text
from lotse.core.normal_form import normal_form
from lotse.demo.crypto.forms import (
    KEY_ID,
    SEED,
    Box,
    CryptoFailure,
    SecretKey,
    context,
    hkdf,
    open_sealed,
    seal,
)

_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_CODE = 16
_CODE_LETTERS = 28


class Kdf(TypedDict):
    salt: str
    memory_kib: int
    passes: int


class PasswordKeys(Kdf):
    sign_in_key: str
    wrapped_by_password: str


class RecoveryKeys(TypedDict):
    recovery_sign_in_key: str
    wrapped_by_recovery: str


class NewKeys(PasswordKeys, RecoveryKeys):
    private_keys: str
    identity_public: str
    box_public: str
    box_key_id: str
    box_signature: str


Strength = Literal["client", "staff"]
_STRENGTHS = {"client": (19456, 2), "staff": (65536, 3)}


@dataclass(frozen=True)
class Derived:
    sign_in_key: str
    wrapping_key: bytes


@dataclass(frozen=True)
class Account:
    person: str
    key: SecretKey
    identity: Ed25519PrivateKey
    box: Box

    @property
    def identity_public(self) -> bytes:
        return self.identity.public_key().public_bytes_raw()


def create_account(person: str, password: str, strength: Strength) -> tuple[Account, NewKeys, str]:
    """The account, the keys for the server, and the recovery code as it is shown."""
    account = Account(person, SecretKey.new(), Ed25519PrivateKey.generate(), Box.new())
    box = account.box
    recovery, code = new_recovery(account)
    seeds = account.identity.private_bytes_raw() + box.seed + box.id
    keys = NewKeys(
        **change_password(account, password, strength),
        **recovery,
        private_keys=to_text(seal(account.key, seeds, context("private-keys", person))),
        identity_public=to_text(account.identity_public),
        box_public=to_text(box.public),
        box_key_id=to_text(box.id),
        box_signature=to_text(account.identity.sign(box_statement(person, box))),
    )
    return account, keys, code


def new_recovery(account: Account) -> tuple[RecoveryKeys, str]:
    """The keys of a new recovery code for the server, and the code as it is shown."""
    code = secrets.token_bytes(_CODE)
    derived = _split(code, "recovery-sign-in", "recovery-wrap")
    wrapped = _wrap_key(account, derived, "recovery")
    keys = RecoveryKeys(recovery_sign_in_key=derived.sign_in_key, wrapped_by_recovery=wrapped)
    return keys, show_recovery_code(code)


def change_password(account: Account, password: str, strength: Strength) -> PasswordKeys:
    memory, passes = _STRENGTHS[strength]
    kdf = Kdf(salt=to_text(secrets.token_bytes(16)), memory_kib=memory, passes=passes)
    derived = derive(password, kdf)
    return PasswordKeys(
        **kdf,
        sign_in_key=derived.sign_in_key,
        wrapped_by_password=_wrap_key(account, derived, "password"),
    )


def derive(password: str, kdf: Kdf) -> Derived:
    master = hash_secret_raw(
        normal_form(password).encode(),
        from_text(kdf["salt"]),
        time_cost=kdf["passes"],
        memory_cost=kdf["memory_kib"],
        parallelism=1,
        hash_len=32,
        type=Type.ID,
    )
    return _split(master, "sign-in", "wrap")


def open_account(person: str, derived: Derived, wrapped: str, private_keys: str) -> Account:
    return _open(person, derived, "password", wrapped, private_keys)


def open_with_recovery(person: str, code: bytes, wrapped: str, private_keys: str) -> Account:
    derived = _split(code, "recovery-sign-in", "recovery-wrap")
    return _open(person, derived, "recovery", wrapped, private_keys)


def recovery_sign_in_key(code: bytes) -> str:
    return _split(code, "recovery-sign-in", "recovery-wrap").sign_in_key


def show_recovery_code(code: bytes) -> str:
    number = int.from_bytes(code) << 12 | _check(code)
    letters = "".join(_LETTERS[number >> 5 * i & 31] for i in reversed(range(_CODE_LETTERS)))
    return "-".join(letters[i : i + 4] for i in range(0, _CODE_LETTERS, 4))


def parse_recovery_code(text: str) -> bytes:
    """Reads the code as it is shown. The browser also accepts other spellings."""
    letters = text.replace("-", "")
    if len(letters) != _CODE_LETTERS or not set(letters) <= set(_LETTERS):
        raise CryptoFailure("not a recovery code")
    number = 0
    for letter in letters:
        number = number << 5 | _LETTERS.index(letter)
    code = (number >> 12).to_bytes(_CODE)
    if number & 0xFFF != _check(code):
        raise CryptoFailure("mistyped")
    return code


def box_statement(person: str, box: Box) -> bytes:
    """The statement that an identity signs to claim a box as its own."""
    return context("box", person, to_text(box.id), to_text(box.public))


def safety_number(person: str, identity_public: bytes) -> str:
    """A person's safety number, for the telephone: six groups of five digits."""
    return _digits(context("safety-number", person, to_text(identity_public)))


def centre_safety_number(centre: str, manifest_hash: str) -> str:
    """`manifest` is the hash of the centre's newest manifest."""
    return _digits(context("safety-number-centre", centre, manifest_hash))


def _digits(what: bytes) -> str:
    hashed = hashlib.sha256(what).digest()
    groups = (int.from_bytes(hashed[i : i + 5]) % 100_000 for i in range(0, 30, 5))
    return " ".join(f"{group:05}" for group in groups)


def _check(code: bytes) -> int:
    """Ten bits that check the code. The two zero bits before them fill its last letter."""
    return int.from_bytes(hashlib.sha3_256(code).digest()[:2]) >> 6


def _split(secret: bytes, sign_in: str, wrap: str) -> Derived:
    return Derived(to_text(hkdf(secret, context(sign_in))), hkdf(secret, context(wrap)))


def _wrap_key(account: Account, derived: Derived, way: str) -> str:
    secret = SecretKey(secrets.token_bytes(KEY_ID), derived.wrapping_key)
    place = context("account-key", account.person, way)
    return to_text(seal(secret, account.key.pack(), place))


def _open(person: str, derived: Derived, way: str, wrapped: str, private_keys: str) -> Account:
    sealed = from_text(wrapped)
    secret = SecretKey(sealed[1 : 1 + KEY_ID], derived.wrapping_key)
    key = SecretKey.unpack(open_sealed(secret, sealed, context("account-key", person, way)))
    seeds = open_sealed(key, from_text(private_keys), context("private-keys", person))
    identity = Ed25519PrivateKey.from_private_bytes(seeds[:SEED])
    return Account(person, key, identity, Box.of(seeds[SEED : 2 * SEED], seeds[2 * SEED :]))
