"""Conversations as a given person sees them."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from lotse.accounts.models import Person
from lotse.centres.models import Counsellor
from lotse.conversations import queries
from lotse.conversations.models import Case, Member
from lotse.conversations.promises import absences
from lotse.conversations.schemas import (
    CaseOut,
    ClientOut,
    ConversationOut,
    CounsellorOut,
    ListedMessage,
    Named,
    Receipts,
    Wrap,
)

RELATED = ("conversation", "centre", "client", "counsellor", "requested")


def show(person: Person, cases: QuerySet[Case], *, is_list: bool = True) -> list[ConversationOut]:
    """In the order of `cases`. A list leaves out long bodies."""
    found = list(cases.select_related(*RELATED))
    ids = [case.pk for case in found]
    recipients = {person.pk} | {case.centre_id for case in found if case.client_id != person.pk}
    members = queries.members(ids)
    unread = defaultdict(lambda: (0, 0), queries.unread(person, ids))
    last, wraps = queries.last_messages(ids, is_list=is_list), queries.wraps(ids, recipients)
    away = absences(found)
    return [
        ConversationOut(
            id=case.pk,
            epoch=case.conversation.epoch,
            # A message that came after the case was read counts once: here, or with its event.
            last=max(case.conversation.last, unread[case.pk][1]),
            unread=unread[case.pk][0],
            wraps=[Wrap.from_orm(wrap) for wrap in wraps[case.pk]],
            me=_receipts(one for one in members[case.pk] if one.person_id == person.pk),
            others=_receipts(one for one in members[case.pk] if _is_other(one, case, person)),
            last_message=ListedMessage.from_orm(last[case.pk]) if case.pk in last else None,
            case=_show_case(case, away),
        )
        for case in found
    ]


def show_one(person: Person, conversation: UUID) -> ConversationOut:
    (shown,) = show(person, Case.objects.filter(pk=conversation), is_list=False)
    return shown


def _is_other(member: Member, case: Case, person: Person) -> bool:
    """Whether the member is on the other side: for staff the client, for the client all others."""
    return (member.person_id == case.client_id) != (person.pk == case.client_id)


def _receipts(members: Iterable[Member]) -> Receipts:
    rows = list(members)
    return Receipts(
        delivered=max((row.delivered for row in rows), default=0),
        read=max((row.read for row in rows), default=0),
    )


def _show_case(case: Case, away: dict[UUID, date | None]) -> CaseOut:
    counsellor, requested = case.counsellor, case.requested
    responsible = counsellor or requested
    return CaseOut(
        centre=Named(id=case.centre_id, name=case.centre.name),
        counsellor=_counsellor(counsellor) if counsellor else None,
        requested=Named(id=requested.id, name=requested.name) if requested else None,
        client=ClientOut(person=case.client_id, nickname=case.client.nickname),
        language=case.language_id,
        topic=case.topic_id,
        place=case.place,
        state="closed" if case.closed_at else "running" if counsellor else "new",
        waiting_since=case.waiting_since,
        answer_by=case.answer_by,
        absent_until=away.get(responsible.id) if responsible else None,
        made_at=case.made_at,
    )


def _counsellor(counsellor: Counsellor) -> CounsellorOut:
    return CounsellorOut(id=counsellor.id, person=counsellor.person_id, name=counsellor.name)
