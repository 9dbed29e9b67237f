"""Answers to browsers about keys."""

import hmac

from django.conf import settings

from lotse.accounts.models import Person
from lotse.accounts.nicknames import fold_nickname
from lotse.accounts.roles import Door, door_of
from lotse.accounts.sign_in import find_at
from lotse.core.digest import digest_of
from lotse.core.identifiers import from_text, new_id
from lotse.keys import pepper
from lotse.keys.models import AccountKeys
from lotse.keys.schemas import (
    Locked,
    Me,
    OwnCounsellor,
    OwnKeys,
    Parameters,
    Recovered,
    Unlocked,
)
from lotse.keys.strength import floor_at


def parameters(door: Door, nickname: str) -> Parameters:
    """Parameters for stretching the password.

    A nickname that is unknown at this door gets a constant salt and the door's usual strength, so
    that the answer does not reveal whether the nickname exists.
    """
    person = find_at(door, nickname)
    # The query runs for unknown nicknames, too: its time must not reveal who has an account.
    keys = AccountKeys.objects.filter(person_id=person.pk if person else new_id()).first()
    message = f"prelogin\n{door}\n{fold_nickname(nickname)}".encode()
    salt = hmac.digest(settings.SECRET_KEY.encode(), message, "sha256")[:16]
    floor = floor_at(door)
    if keys:
        return Parameters(salt=bytes(keys.salt), memory_kib=keys.memory_kib, passes=keys.passes)
    return Parameters(salt=salt, memory_kib=floor.memory_kib, passes=floor.passes)


def me(person: Person) -> Me:
    keys = AccountKeys.objects.get(person=person)
    return Me(
        person=person.pk,
        nickname=person.nickname,
        role=person.role,
        language=person.language,
        keys=OwnKeys(
            salt=bytes(keys.salt),
            memory_kib=keys.memory_kib,
            passes=keys.passes,
            wrapped_by_password=pepper.unseal(person.pk, keys.wrapped_by_password),
            private_keys=bytes(keys.private_keys),
            identity_public=bytes(keys.identity_public),
            box_public=bytes(keys.box_public),
            box_key_id=bytes(keys.box_key_id),
            box_signature=bytes(keys.box_signature),
        ),
        counsellor=_counsellor(person),
    )


def unlocked(person: Person, secret: str) -> Unlocked:
    return Unlocked(**vars(me(person)), unlock=secret)


def locked(person: Person) -> Locked:
    keys = AccountKeys.objects.get(person=person)
    return Locked(
        person=person.pk,
        door=door_of(person.role),
        salt=bytes(keys.salt),
        memory_kib=keys.memory_kib,
        passes=keys.passes,
    )


def _counsellor(person: Person) -> OwnCounsellor | None:
    # The table belongs to `centres`, a higher room, which Django links from the person.
    counsellor = getattr(person, "counsellor", None)
    if counsellor is None:
        return None
    return OwnCounsellor(
        id=counsellor.pk,
        name=counsellor.name,
        centre=counsellor.centre_id,
        centre_name=counsellor.centre.name,
    )


def recovered(person: Person) -> Recovered:
    keys = AccountKeys.objects.get(person=person)
    return Recovered(
        person=person.pk,
        wrapped_by_recovery=bytes(keys.wrapped_by_recovery),
        private_keys=bytes(keys.private_keys),
        role=person.role,
    )


def is_recovery_key(person: Person, sign_in_key: str) -> bool:
    # The query runs for unknown nicknames, too: its time must not reveal who has an account.
    keys = AccountKeys.objects.filter(person_id=person.pk).only("recovery_verifier").first()
    kept = keys.recovery_verifier if keys else ""
    return hmac.compare_digest(digest_of(from_text(sign_in_key)), kept)
