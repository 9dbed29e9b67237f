"""The formats of docs/keys.md: contexts, seals, wraps, derivation. Failures raise CryptoFailure."""

import hashlib
import hmac
import secrets
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey, MLKEM768PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hpke import (
    AEAD,
    KDF,
    KEM,
    MLKEM768X25519PrivateKey,
    MLKEM768X25519PublicKey,
    Suite,
)
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

VERSION = b"\1"
KEY_ID = 8
KEY = 32
SEED = 32
_NONCE = 12
_HEAD = 1 + KEY_ID
_KEM_PUBLIC = 1184
_SUITE = Suite(KEM.MLKEM768_X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)


class CryptoFailure(Exception):
    """Something cannot be opened or trusted."""


@dataclass(frozen=True)
class SecretKey:
    id: bytes
    key: bytes

    @classmethod
    def new(cls) -> "SecretKey":
        return cls.unpack(secrets.token_bytes(KEY_ID + KEY))

    @classmethod
    def unpack(cls, packed: bytes) -> "SecretKey":
        if len(packed) != KEY_ID + KEY:
            raise CryptoFailure("not a key")
        return cls(packed[:KEY_ID], packed[KEY_ID:])

    def pack(self) -> bytes:
        return self.id + self.key


@dataclass(frozen=True)
class PublicBox:
    id: bytes
    public: bytes


@dataclass(frozen=True)
class Box(PublicBox):
    seed: bytes

    @classmethod
    def new(cls) -> "Box":
        return cls.of(secrets.token_bytes(SEED), secrets.token_bytes(KEY_ID))

    @classmethod
    def of(cls, seed: bytes, key_id: bytes) -> "Box":
        kem, curve = _halves(seed)
        public = kem.public_key().public_bytes_raw() + curve.public_key().public_bytes_raw()
        return cls(key_id, public, seed)


def context(purpose: str, *parts: str | int) -> bytes:
    lines = [purpose, *map(str, parts)]
    if any("\n" in line or "\r" in line for line in lines):
        raise CryptoFailure("line break in context")
    return "\n".join(["lotse/1", *lines]).encode()


def hkdf(secret: bytes, info: bytes) -> bytes:
    return HKDF(hashes.SHA256(), KEY, b"", info).derive(secret)


def seal(secret: SecretKey, plain: bytes, place: bytes) -> bytes:
    head, nonce = VERSION + secret.id, secrets.token_bytes(_NONCE)
    return head + nonce + AESGCM(secret.key).encrypt(nonce, plain, place + head)


def open_sealed(secret: SecretKey, sealed: bytes, place: bytes) -> bytes:
    head, nonce, body = sealed[:_HEAD], sealed[_HEAD:][:_NONCE], sealed[_HEAD + _NONCE :]
    if not hmac.compare_digest(head, VERSION + secret.id):
        raise CryptoFailure("sealed under another key")
    try:
        return AESGCM(secret.key).decrypt(nonce, body, place + head)
    except (InvalidTag, ValueError):
        raise CryptoFailure("cannot be opened") from None


def wrap(to: PublicBox, plain: bytes, place: bytes) -> bytes:
    key = MLKEM768X25519PublicKey(
        MLKEM768PublicKey.from_public_bytes(to.public[:_KEM_PUBLIC]),
        X25519PublicKey.from_public_bytes(to.public[_KEM_PUBLIC:]),
    )
    return VERSION + to.id + _SUITE.encrypt(plain, key, place)


def unwrap(box: Box, wrapped: bytes, place: bytes) -> bytes:
    if wrapped[:_HEAD] != VERSION + box.id:
        raise CryptoFailure("wrapped to another key")
    try:
        return _SUITE.decrypt(wrapped[_HEAD:], MLKEM768X25519PrivateKey(*_halves(box.seed)), place)
    except (InvalidTag, ValueError):
        raise CryptoFailure("cannot be unwrapped") from None


def _halves(seed: bytes) -> tuple[MLKEM768PrivateKey, X25519PrivateKey]:
    stretched = hashlib.shake_256(seed).digest(96)
    kem = MLKEM768PrivateKey.from_seed_bytes(stretched[:64])
    return kem, X25519PrivateKey.from_private_bytes(stretched[64:])
