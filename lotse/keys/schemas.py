"""Requests and answers of the routes for accounts and keys."""

from typing import Annotated
from uuid import UUID

from django.conf import settings
from ninja import Schema
from pydantic import AfterValidator, BeforeValidator, Field, StrictBool
from pydantic_core import PydanticCustomError

from lotse.accounts.nicknames import clean_nickname
from lotse.accounts.roles import Door
from lotse.core.limits import NICKNAME_MAX
from lotse.core.schema import Strict
from lotse.keys.formats import (
    Box,
    Identity,
    KeyId,
    Salt,
    SealedKey,
    SealedPrivateKeys,
    Secret,
    Signature,
)
from lotse.keys.strength import CLIENT, MAX_MEMORY_KIB, MAX_PASSES


def _nickname(value: str) -> str:
    try:
        return clean_nickname(value)
    except ValueError as error:
        raise PydanticCustomError(str(error), "cannot be a nickname") from None


def _interface_language(value: str) -> str:
    if value not in dict(settings.LANGUAGES):
        raise PydanticCustomError("language-unknown", "not a language of the interface")
    return value


def _no_boolean(value: object) -> object:
    if isinstance(value, bool):
        raise PydanticCustomError("int_type", "not a number")
    return value


SomeNickname = Annotated[str, Field(max_length=NICKNAME_MAX * 4)]
"""As a person typed it, so it may be no possible nickname."""
NewNickname = Annotated[SomeNickname, AfterValidator(_nickname)]
InterfaceLanguage = Annotated[str, Field(max_length=12), AfterValidator(_interface_language)]
_Number = BeforeValidator(_no_boolean)
Memory = Annotated[int, Field(ge=CLIENT.memory_kib, le=MAX_MEMORY_KIB), _Number]
Passes = Annotated[int, Field(ge=CLIENT.passes, le=MAX_PASSES), _Number]


class NewPassword(Strict):
    salt: Salt
    memory_kib: Memory
    passes: Passes
    sign_in_key: Secret
    wrapped_by_password: SealedKey


class NewRecovery(Strict):
    recovery_sign_in_key: Secret
    wrapped_by_recovery: SealedKey


class NewKeys(NewPassword, NewRecovery):
    private_keys: SealedPrivateKeys
    identity_public: Identity
    box_public: Box
    box_key_id: KeyId
    box_signature: Signature


class NewAccount(Strict):
    person: UUID
    nickname: NewNickname
    language: InterfaceLanguage
    keys: NewKeys


class Nickname(Strict):
    nickname: SomeNickname
    door: Door = "client"


class WishedNickname(Strict):
    nickname: NewNickname


class Unlock(Strict):
    """With `keep`, the page seals the secret on the device, and the cookie outlives the browser."""

    sign_in_key: Secret
    keep: StrictBool = False


class SignIn(Nickname, Unlock):
    pass


class Recovery(Nickname):
    recovery_sign_in_key: Secret


class RecoveryPassword(NewPassword, Nickname):
    recovery_sign_in_key: Secret


class Proof(Strict):
    """The password again, because an open page alone must not do what cannot be undone."""

    current_sign_in_key: Secret


class PasswordChange(NewPassword, Proof):
    pass


class RecoveryCodeChange(NewRecovery, Proof):
    pass


class Language(Strict):
    language: InterfaceLanguage


class Parameters(Schema):
    salt: Salt
    memory_kib: int
    passes: int


class Locked(Parameters):
    person: UUID
    door: Door


class Free(Schema):
    free: bool


class OwnKeys(Parameters):
    wrapped_by_password: SealedKey
    private_keys: SealedPrivateKeys
    identity_public: Identity
    box_public: Box
    box_key_id: KeyId
    box_signature: Signature


class OwnCounsellor(Schema):
    id: UUID
    name: str
    centre: UUID
    centre_name: str


class Me(Schema):
    person: UUID
    nickname: str
    role: str
    language: str
    keys: OwnKeys
    counsellor: OwnCounsellor | None


class Unlocked(Me):
    """`unlock` is the secret that the page keeps in memory and sends with each request."""

    unlock: str


class Recovered(Schema):
    person: UUID
    wrapped_by_recovery: SealedKey
    private_keys: SealedPrivateKeys
    role: str
