"""Makes accounts, and changes passwords and recovery codes."""

from collections.abc import Callable, Collection
from uuid import UUID

from django.db import IntegrityError

from lotse.accounts.models import Person, Session
from lotse.core.conflicts import is_taken
from lotse.core.database import atomic, in_transaction
from lotse.core.digest import digest_of
from lotse.core.identifiers import to_text
from lotse.core.problems import Problem
from lotse.keys import pepper
from lotse.keys.formats import context, is_signed
from lotse.keys.models import AccountKeys, ConversationWrap
from lotse.keys.queries import is_recovery_key
from lotse.keys.schemas import NewAccount, NewKeys, NewPassword, NewRecovery
from lotse.keys.strength import check_strength


def once(new: NewAccount, make: Callable[[], Person]) -> Person:
    """Calls `make`; if the same browser retries, returns the person that it made before.

    Raises Problem "conflict" if the id is another person's. Must not run inside a transaction.
    """
    if earlier := _earlier(new):
        return earlier
    try:
        with atomic():
            return make()
    except Problem:
        # The same request may have arrived twice at the same time.
        if earlier := _earlier(new):
            return earlier
        raise


def _earlier(new: NewAccount) -> Person | None:
    person = Person.objects.filter(pk=new.person).first()
    if person is None:
        return None
    # The id is public, so an attacker must not be able to guess the password here or to use up
    # attempts. Only the same browser has the key of the recovery code, which is 128 random bits.
    is_same = is_recovery_key(person, to_text(new.keys.recovery_sign_in_key))
    if is_same and person.is_sign_in_key(to_text(new.keys.sign_in_key)) and person.is_active:
        return person
    raise Problem("conflict")


def register(new: NewAccount, role: str, **fields: object) -> Person:
    """Makes a person with keys; raises Problem "nickname-taken" or "invalid"."""
    check_strength(role, new.keys.memory_kib, new.keys.passes)
    _check_box(new.person, new.keys)
    try:
        with atomic():
            person = Person.objects.create_person(
                new.nickname,
                to_text(new.keys.sign_in_key),
                id=new.person,
                role=role,
                language=new.language,
                **fields,
            )
            _keep(person, new.keys)
    except IntegrityError as error:
        if is_taken(error, (Person, "id"), (Person, "folded_nickname")):
            raise Problem("nickname-taken") from None
        raise
    return person


def _check_box(person: UUID, keys: NewKeys) -> None:
    signed = context("box", person, keys.box_key_id, keys.box_public)
    if not is_signed(keys.identity_public, keys.box_signature, signed):
        fields = [{"at": ["keys", "box_signature"], "what": "signature"}]
        raise Problem("invalid", extra={"fields": fields})


def _keep(person: Person, keys: NewKeys) -> None:
    AccountKeys.objects.create(
        person=person,
        salt=keys.salt,
        memory_kib=keys.memory_kib,
        passes=keys.passes,
        wrapped_by_password=pepper.seal(person.pk, keys.wrapped_by_password),
        wrapped_by_recovery=keys.wrapped_by_recovery,
        recovery_verifier=digest_of(keys.recovery_sign_in_key),
        private_keys=keys.private_keys,
        identity_public=keys.identity_public,
        box_public=keys.box_public,
        box_key_id=keys.box_key_id,
        box_signature=keys.box_signature,
    )


@in_transaction
def set_password(person_id: UUID, new: NewPassword, staying: Session | None = None) -> Person:
    """Changes salt, sign-in key and wrap together. Ends all the person's sessions but `staying`."""
    person = Person.objects.select_for_update().get(pk=person_id)
    check_strength(person.role, new.memory_kib, new.passes)
    person.set_sign_in_key(to_text(new.sign_in_key))
    person.save(update_fields=["password"])
    ending = person.sessions.all()
    (ending.exclude(pk=staying.pk) if staying else ending).delete()
    AccountKeys.objects.filter(person=person).update(
        salt=new.salt,
        memory_kib=new.memory_kib,
        passes=new.passes,
        wrapped_by_password=pepper.seal(person.pk, new.wrapped_by_password),
    )
    return person


def set_recovery_code(person_id: UUID, new: NewRecovery) -> None:
    """Changes verifier and wrap together. The previous code stops working."""
    AccountKeys.objects.filter(person=person_id).update(
        wrapped_by_recovery=new.wrapped_by_recovery,
        recovery_verifier=digest_of(new.recovery_sign_in_key),
    )


def erase_wraps(conversations: Collection[UUID]) -> None:
    """Deletes the keys of erased conversations for all their recipients."""
    ConversationWrap.objects.filter(conversation__in=conversations).delete()
