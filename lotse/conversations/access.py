"""Who belongs to a conversation. Checked at each request and again at each delivery."""

from uuid import UUID

from django.db.models import F, Q, QuerySet

from lotse.accounts.models import Person
from lotse.centres.models import Counsellor
from lotse.centres.queries import COUNSELLING_ROLES, admitted, holds_key
from lotse.conversations.models import Case, Member
from lotse.core.bulk import Lookup
from lotse.core.problems import Problem


def active_members() -> QuerySet[Member]:
    """Members who may read now. A membership outlives role, centre and key, so all are checked.

    `recheck` (stream/actions.py) ends what is cached of this: call it for a person who gains or
    loses one of them.
    """
    here = Q(left_at=None, person__is_active=True)
    is_client = Q(conversation__case__client=F("person"))
    is_counsellor = Q(
        conversation__case__centre=F("person__counsellor__centre"),
        person__role__in=COUNSELLING_ROLES,
    ) & holds_key("person", "conversation__case__centre")
    return Member.objects.filter(here & (is_client | is_counsellor))


members_of = Lookup(
    lambda ids: (
        active_members()
        .filter(conversation_id__in=ids)
        .values_list("conversation_id", "person_id", "id")
    )
)
"""For many conversations at once: conversation, person, id of the member's row."""


def member_of(person: UUID, conversation: UUID) -> Member:
    """Raises Problem "not-found", which does not tell whether the conversation exists."""
    member = active_members().filter(person_id=person, conversation_id=conversation).first()
    if member is None:
        raise Problem("not-found")
    return member


def check_member(person: UUID, conversation: UUID) -> None:
    """Raises Problem "not-found" like `member_of`, by a query that is compiled once."""
    if not any(member == person for _, member, _ in members_of([conversation])):
        raise Problem("not-found")


def counsellor_at(person: Person, conversation: UUID) -> Counsellor:
    """The person as counsellor of the conversation's centre; raises Problem "not-found"."""
    found = admitted().filter(person=person, centre__cases=conversation).first()
    if found is None:
        raise Problem("not-found")
    return found


def counsellor_for(person: Person, case: Case) -> Counsellor:
    """The person as counsellor of the case's centre; raises Problem "not-found" otherwise."""
    counsellor = admitted().filter(person=person, centre=case.centre_id).first()
    if counsellor is None:
        raise Problem("not-found")
    return counsellor
