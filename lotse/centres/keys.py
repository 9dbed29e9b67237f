"""A centre's keys: founding them, and admitting colleagues to them."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import QuerySet

from lotse.accounts.models import Person
from lotse.accounts.roles import Role
from lotse.centres.keys_schemas import Admit, Found, NewManifest, Wrap
from lotse.centres.models import Centre, Counsellor
from lotse.core.database import in_transaction
from lotse.core.problems import Problem
from lotse.keys import manifests
from lotse.keys.formats import is_signed, key_id_of
from lotse.keys.models import AccountKeys, GroupEpoch, GroupWrap, Manifest
from lotse.stream.actions import Entry, append, recheck


def centre_of(person: Person) -> UUID:
    """The centre that the person counsels for; raises Problem "forbidden"."""
    centre = Counsellor.objects.filter(person=person).values_list("centre_id", flat=True).first()
    if centre is None:
        raise Problem("forbidden")
    return centre


def newest(centre: UUID) -> Manifest | None:
    return Manifest.objects.filter(group=centre).order_by("-number").first()


def waiting(centre: UUID) -> QuerySet[Counsellor]:
    """Colleagues who cannot open the centre's newest box yet, because nobody has admitted them."""
    epoch = GroupEpoch.objects.filter(group=centre).order_by("-number").first()
    let_in = GroupWrap.objects.filter(epoch=epoch).values("person")
    return colleagues(centre).exclude(person__in=let_in).select_related("person__keys")


def colleagues(centre: UUID) -> QuerySet[Counsellor]:
    return Counsellor.objects.filter(
        centre=centre,
        person__is_active=True,
        person__role=Role.COUNSELLOR,
        person__keys__isnull=False,
    )


@in_transaction
def found(person: Person, new: Found) -> None:
    """Founds the centre's first keys; raises Problem "conflict" if a colleague was faster."""
    centre = _locked(centre_of(person))
    if newest(centre):
        raise Problem("conflict")
    keys = AccountKeys.objects.get(person=person)
    epoch = GroupEpoch(
        group=centre, number=1, key_id=new.epoch.key_id, box_public=new.epoch.box_public
    )
    expected = manifests.body(epoch, 1, None, [manifests.member(keys, is_lead=True)])
    _check_manifest(centre, keys, new.manifest, [expected])
    _check_recipient(keys, [new.wrapped])
    epoch.save()
    GroupWrap.objects.create(epoch=epoch, person=person, wrapped=new.wrapped)
    recheck(person.pk)
    _keep(centre, person, new.manifest)


@in_transaction
def admit(person: Person, new: Admit) -> None:
    """Admits a colleague; raises Problem "stale-keys" if another lead was faster."""
    centre = _locked(centre_of(person))
    last = newest(centre)
    if last is None or new.manifest.number != last.number + 1:
        raise Problem("stale-keys")
    members = manifests.members_of(last)
    if not any(one.is_lead and one.person == person.pk for one in members):
        raise Problem("forbidden")
    joining = _joining(centre, new.person, members)
    epochs = list(GroupEpoch.objects.filter(group=centre).order_by("number"))
    allowed = [
        manifests.body(
            epochs[-1],
            new.manifest.number,
            bytes(last.body),
            [*members, manifests.member(joining, is_lead)],
        )
        for is_lead in (False, True)
    ]
    _check_manifest(centre, AccountKeys.objects.get(person=person), new.manifest, allowed)
    _check_recipient(joining, [one.wrapped for one in new.wraps])
    _keep_wraps(joining, epochs, new.wraps)
    recheck(new.person)
    _keep(centre, person, new.manifest)


def _locked(centre: UUID) -> UUID:
    """Locks the centre's keys. Clients can still open cases there: `no_key` blocks no inserts."""
    Centre.objects.select_for_update(no_key=True).get(pk=centre)
    return centre


def _joining(centre: UUID, person: UUID, members: list[manifests.Member]) -> AccountKeys:
    colleague = colleagues(centre).filter(person=person).first()
    if colleague is None:
        raise Problem("not-found")
    if any(one.person == person for one in members):
        raise Problem("stale-keys")
    return AccountKeys.objects.get(person=person)


def _check_manifest(
    centre: UUID, signer: AccountKeys, new: NewManifest, allowed: Iterable[bytes]
) -> None:
    # Comparing byte for byte with what we would write lets nobody smuggle in anything else.
    if new.body not in allowed:
        raise _invalid("manifest", "body", "content")
    signed = manifests.signed(centre, new.number, new.body)
    if not is_signed(bytes(signer.identity_public), new.signature, signed):
        raise _invalid("manifest", "signature", "signature")


def _check_recipient(keys: AccountKeys, wraps: Iterable[bytes]) -> None:
    if any(key_id_of(wrapped) != bytes(keys.box_key_id) for wrapped in wraps):
        raise _invalid("wraps", "recipient")


def _keep_wraps(keys: AccountKeys, epochs: list[GroupEpoch], wraps: list[Wrap]) -> None:
    if [one.epoch for one in wraps] != [one.number for one in epochs]:
        # The new colleague needs every epoch to open older conversations too.
        raise _invalid("wraps", "epochs")
    GroupWrap.objects.bulk_create(
        GroupWrap(epoch=epoch, person_id=keys.person_id, wrapped=one.wrapped)
        for epoch, one in zip(epochs, wraps, strict=True)
    )


def _keep(centre: UUID, signer: Person, new: NewManifest) -> None:
    Manifest.objects.create(
        group=centre,
        number=new.number,
        body=new.body,
        signer=signer.pk,
        signature=new.signature,
    )
    tell(centre)


def tell(centre: UUID) -> None:
    """Tells the centre's people that a colleague waits or was admitted.

    Call it last in a transaction.
    """
    people = colleagues(centre).values_list("person_id", flat=True)
    append([Entry(list(people), "keys", {"centre": str(centre)})])


def _invalid(*at_and_what: str) -> Problem:
    *at, what = at_and_what
    return Problem("invalid", extra={"fields": [{"at": at, "what": what}]})
