"""Conversations, their messages, files and drafts."""

import hashlib
import json
import secrets
from dataclasses import dataclass, field
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from lotse.core.identifiers import from_text, to_text
from lotse.demo.crypto.account import Account
from lotse.demo.crypto.centre import CentreKeys, Manifest
from lotse.demo.crypto.forms import (
    KEY,
    CryptoFailure,
    SecretKey,
    context,
    open_sealed,
    seal,
    unwrap,
    wrap,
)

EPOCH = 1
_BLOCK = 256


@dataclass(frozen=True)
class Place:
    conversation: str
    message: str
    sender: str

    def context(self) -> bytes:
        return context("message", self.conversation, EPOCH, self.message, self.sender)


def new_conversation(
    account: Account, conversation: str, centre: Manifest
) -> tuple[SecretKey, dict[str, Any]]:
    """The conversation's key, and `keys` of POST /api/cases."""
    key = SecretKey.new()
    client = seal(account.key, key.pack(), _client_place(conversation, account.person))
    place = _centre_place(conversation, centre.centre, centre.epoch)
    return key, {
        "epoch": EPOCH,
        "key_id": to_text(key.id),
        "client_wrap": to_text(client),
        "centre_wrap": to_text(wrap(centre.box, key.pack(), place)),
        "centre_epoch": centre.epoch,
    }


def open_as_client(account: Account, conversation: str, wrapped: str) -> SecretKey:
    place = _client_place(conversation, account.person)
    return SecretKey.unpack(open_sealed(account.key, from_text(wrapped), place))


def open_as_member(keys: CentreKeys, conversation: str, epoch: int, wrapped: str) -> SecretKey:
    """`epoch` is the epoch of the centre's box."""
    place = _centre_place(conversation, keys.manifest.centre, epoch)
    return SecretKey.unpack(unwrap(keys.boxes[epoch], from_text(wrapped), place))


def seal_message(key: SecretKey, place: Place, content: dict[str, Any]) -> str:
    plain = json.dumps(content, separators=(",", ":"), ensure_ascii=False).encode()
    padded = plain + b" " * (-len(plain) % _BLOCK)
    return to_text(seal(key, padded, place.context()))


def open_message(key: SecretKey, place: Place, body: str) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(open_sealed(key, from_text(body), place.context()))
    return content


def seal_draft(account: Account, conversation: str, text: str) -> str:
    return to_text(seal(account.key, text.encode(), _draft_place(account, conversation)))


def open_draft(account: Account, conversation: str, sealed: str) -> str:
    place = _draft_place(account, conversation)
    return open_sealed(account.key, from_text(sealed), place).decode()


def new_file_key() -> bytes:
    return secrets.token_bytes(KEY)


def padded_size(size: int) -> int:
    """Padmé: adds at most 12 %, and reveals only the leading bits of the size."""
    if size < 2:
        return size
    exponent = size.bit_length() - 1
    unit = 1 << max(0, exponent - exponent.bit_length())
    return -(-size // unit) * unit


@dataclass(frozen=True)
class File:
    key: bytes
    conversation: str
    blob: str

    def seal_chunk(self, index: int, last: bool, plain: bytes) -> bytes:
        return AESGCM(self.key).encrypt(_nonce(index, last), plain, self._context())

    def open_chunk(self, index: int, last: bool, sealed: bytes) -> bytes:
        try:
            return AESGCM(self.key).decrypt(_nonce(index, last), sealed, self._context())
        except InvalidTag:
            raise CryptoFailure("a part of the file cannot be opened") from None

    def _context(self) -> bytes:
        return context("file", self.conversation, self.blob)


@dataclass
class FileHash:
    digests: list[bytes] = field(default_factory=list)

    def add(self, sealed: bytes) -> None:
        """`chunks` are in order."""
        self.digests.append(hashlib.sha256(sealed).digest())

    def digest(self) -> str:
        return to_text(hashlib.sha256(b"".join(self.digests)).digest())


def _nonce(index: int, last: bool) -> bytes:
    return bytes(7) + index.to_bytes(4) + bytes([last])


def _client_place(conversation: str, person: str) -> bytes:
    return context("conversation-key", conversation, EPOCH, "person", person, 1)


def _centre_place(conversation: str, centre: str, epoch: int) -> bytes:
    return context("conversation-key", conversation, EPOCH, "centre", centre, epoch)


def _draft_place(account: Account, conversation: str) -> bytes:
    return context("draft", account.person, conversation)
