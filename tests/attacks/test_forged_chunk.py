"""Whoever knows a file's key can make another chunk with the same tag. The hash tells."""

import hashlib

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from playwright.sync_api import expect

from lotse.core.identifiers import from_text
from lotse.demo import crypto
from tests.browser.conftest import OpenChat
from tests.browser.talk import Talk

BLOCK = 16
TRUE = b"Bitte zahlen Sie nichts.".ljust(64)
REDUCTION = 0xE1 << 120


def times(a: int, b: int) -> int:
    """In the field of GHASH, whose lowest power is the highest bit."""
    product = 0
    for bit in range(127, -1, -1):
        if b >> bit & 1:
            product ^= a
        a = a >> 1 ^ (REDUCTION if a & 1 else 0)
    return product


def forged(key: bytes, sealed: bytes) -> bytes:
    """The first block turned, the second one chosen so that the tag stays."""
    # The key of GHASH is the encryption of a block of zeros.
    encryptor = Cipher(algorithms.AES(key), modes.ECB()).encryptor()  # noqa: S305
    subkey = int.from_bytes(encryptor.update(bytes(BLOCK)))
    change = int.from_bytes(b"\xff" * BLOCK)
    first = int.from_bytes(sealed[:BLOCK]) ^ change
    second = int.from_bytes(sealed[BLOCK : 2 * BLOCK]) ^ times(change, subkey)
    return first.to_bytes(BLOCK) + second.to_bytes(BLOCK) + sealed[2 * BLOCK :]


def test_a_forged_chunk_with_a_valid_tag_is_not_shown(chat: OpenChat, talk: Talk) -> None:
    talk.file(talk.house.counsellor, TRUE, name="wahr.txt", type="text/plain")
    content = talk.messages()[-1]["content"]
    store = talk.house.server.data / "blobs"
    (kept,) = store.glob(f"*/{content['blob']}/0")
    sealed, key = kept.read_bytes(), from_text(content["key"])
    false = forged(key, sealed)
    kept.write_bytes(false)
    # It opens, and has the same tag: only the hash over the ciphertext differs.
    opener = crypto.File(key, talk.id, content["blob"])
    assert opener.open_chunk(0, True, false) != opener.open_chunk(0, True, sealed) == TRUE
    assert false[-BLOCK:] == sealed[-BLOCK:]
    assert hashlib.sha256(false).digest() != hashlib.sha256(sealed).digest()
    page = chat(talk)
    page.locator(".file-open").click()
    expect(page.locator(".toast")).to_be_visible()
    kept.write_bytes(sealed)
    # In another browser: the first one has kept the answer.
    page = chat(talk)
    with page.expect_download() as download:
        page.locator(".file-open").click()
    assert download.value.path().read_bytes() == TRUE
