"""The formats of docs/keys.md, as far as the server can check them."""

from dataclasses import dataclass
from typing import Annotated, Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from lotse.core.identifiers import from_text, to_text

SUITE = b"\x01"
KEY_ID = 8
_SEAL = len(SUITE) + KEY_ID + 12 + 16
_WRAP = len(SUITE) + KEY_ID + 1120 + 16


@dataclass(frozen=True)
class Octets:
    """Annotates `least` to `most` bytes that are base64url in JSON and start with `begin`."""

    least: int
    most: int
    begin: bytes = b""

    def parse(self, value: object) -> bytes:
        if isinstance(value, str):
            # Checked first, so that no attacker makes the server decode megabytes.
            if len(value) > self.most * 2:
                raise PydanticCustomError("bytes-length", "wrong length")
            try:
                value = from_text(value)
            except ValueError:
                raise PydanticCustomError("bytes-form", "not base64url") from None
        if not isinstance(value, bytes | memoryview):
            raise PydanticCustomError("bytes-form", "not base64url")
        data = bytes(value)
        if not self.least <= len(data) <= self.most:
            raise PydanticCustomError("bytes-length", "wrong length")
        if not data.startswith(self.begin):
            raise PydanticCustomError("bytes-suite", "unknown suite")
        return data

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(
            self.parse, serialization=core_schema.plain_serializer_function_ser_schema(to_text)
        )

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        return {
            "type": "string",
            "pattern": "^[A-Za-z0-9_-]*$",
            "minLength": _letters(self.least),
            "maxLength": _letters(self.most),
        }


def _letters(size: int) -> int:
    return -(-size * 4 // 3)


Salt = Annotated[bytes, Octets(16, 16)]
Secret = Annotated[bytes, Octets(32, 32)]
KeyId = Annotated[bytes, Octets(KEY_ID, KEY_ID)]
Identity = Annotated[bytes, Octets(32, 32)]
Box = Annotated[bytes, Octets(1216, 1216)]
Signature = Annotated[bytes, Octets(64, 64)]
SealedKey = Annotated[bytes, Octets(_SEAL + KEY_ID + 32, _SEAL + KEY_ID + 32, SUITE)]
SealedPrivateKeys = Annotated[bytes, Octets(_SEAL + 64 + KEY_ID, _SEAL + 64 + KEY_ID, SUITE)]
WrappedSeed = Annotated[bytes, Octets(_WRAP + 32, _WRAP + 32, SUITE)]
WrappedKey = Annotated[bytes, Octets(_WRAP + KEY_ID + 32, _WRAP + KEY_ID + 32, SUITE)]


def context(purpose: str, *parts: object) -> bytes:
    """Binds a seal, a wrap or a signature to its place."""
    texts = [to_text(part) if isinstance(part, bytes) else str(part) for part in parts]
    if any("\n" in text for text in texts):
        raise ValueError("a line break would blur where a part ends")
    return "\n".join(["lotse/1", purpose, "\n".join(texts)]).encode()


def is_signed(identity: bytes, signature: bytes, signed: bytes) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(identity).verify(signature, signed)
    except (InvalidSignature, ValueError):
        return False
    return True


def key_id_of(sealed_or_wrapped: bytes) -> bytes:
    """The id of the key that opens the seal or wrap."""
    return sealed_or_wrapped[len(SUITE) : len(SUITE) + KEY_ID]
