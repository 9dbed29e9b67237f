"""Organisations, centres and counsellors to test with."""

from datetime import date
from typing import Any

from django.utils import timezone

from lotse.accounts.models import Person
from lotse.accounts.roles import Role
from lotse.centres.models import Absence, Centre, Counsellor, Language, Organisation, Topic
from lotse.conversations.models import Case, Conversation
from lotse.core.identifiers import new_id
from lotse.keys.models import GroupEpoch, GroupWrap


def make_centre(name: str = "Haus Nord", **fields: Any) -> Centre:
    organisation, _ = Organisation.objects.get_or_create(name=fields.pop("organisation", "Verband"))
    return Centre.objects.create(
        organisation=organisation, name=name, slug=name.lower().replace(" ", "-"), **fields
    )


def make_counsellor(
    name: str, centre: Centre, languages: str = "de", topics: str = "", **fields: Any
) -> Counsellor:
    """With the centre's key, unless `has_key=False`."""
    has_key = fields.pop("has_key", True)
    person = Person.objects.create(nickname=name, role=Role.COUNSELLOR)
    counsellor = Counsellor.objects.create(
        person=person, centre=centre, name=name, slug=name.lower(), **fields
    )
    counsellor.languages.set(Language.objects.filter(pk__in=languages.split()))
    counsellor.topics.set(Topic.objects.filter(pk__in=topics.split()))
    if has_key:
        epoch, _ = GroupEpoch.objects.get_or_create(
            group=centre.pk, number=1, defaults={"key_id": b"", "box_public": b""}
        )
        GroupWrap.objects.create(epoch=epoch, person=person, wrapped=b"")
    return counsellor


def make_case(centre: Centre, **fields: Any) -> Case:
    client = Person.objects.create(nickname=str(new_id()), role=Role.CLIENT)
    conversation = Conversation.objects.create(id=new_id())
    return Case.objects.create(
        conversation=conversation, centre=centre, client=client, language_id="de", **fields
    )


def make_absence(counsellor: Counsellor, first: date, last: date) -> Absence:
    return Absence.objects.create(counsellor=counsellor, first_day=first, last_day=last)


def today() -> date:
    return timezone.localdate()
