"""What browsers are told about a centre's keys."""

from uuid import UUID

from lotse.accounts.models import Person
from lotse.centres.keys import centre_of, colleagues, newest, waiting
from lotse.centres.keys_schemas import (
    CentreKeys,
    CentrePublic,
    EpochOut,
    ManifestOut,
    WaitingOut,
    WrapOut,
)
from lotse.centres.models import Counsellor
from lotse.core.problems import Problem
from lotse.keys.manifests import members_of
from lotse.keys.models import GroupEpoch, GroupWrap, Manifest


def public(centre: UUID) -> CentrePublic:
    """The public keys, for clients of the centre; Problem "not-found" while it has none."""
    told = _public(centre)
    if not told.manifests:
        raise Problem("not-found")
    return told


def _public(centre: UUID) -> CentrePublic:
    chain = Manifest.objects.filter(group=centre).order_by("number")
    epochs = GroupEpoch.objects.filter(group=centre).order_by("number")
    return CentrePublic(
        centre=centre,
        manifests=[ManifestOut.from_orm(one) for one in chain],
        epochs=[EpochOut.from_orm(one) for one in epochs],
    )


def for_member(person: Person) -> CentreKeys:
    centre = centre_of(person)
    told, last = _public(centre), newest(centre)
    leads = [one.person for one in members_of(last) if one.is_lead] if last else []
    wraps = GroupWrap.objects.filter(epoch__group=centre, person=person).select_related("epoch")
    return CentreKeys(
        centre=centre,
        manifests=told.manifests,
        epochs=told.epochs,
        wraps=[
            WrapOut(epoch=one.epoch.number, wrapped=bytes(one.wrapped))
            for one in wraps.order_by("epoch__number")
        ],
        waiting=[_waiting(one) for one in waiting(centre).exclude(person=person)],
        leads=[one.name for one in colleagues(centre).filter(person__in=leads)],
        me_lead=person.pk in leads,
    )


def _waiting(counsellor: Counsellor) -> WaitingOut:
    keys = counsellor.person.keys
    return WaitingOut(
        person=counsellor.person_id,
        name=counsellor.name,
        identity_public=bytes(keys.identity_public),
        box_public=bytes(keys.box_public),
        box_key_id=bytes(keys.box_key_id),
        box_signature=bytes(keys.box_signature),
    )
