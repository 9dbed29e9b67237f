"""Reading conversations, in a number of queries that does not grow with them."""

from collections import defaultdict
from collections.abc import Collection
from uuid import UUID

from django.db.models import BinaryField, Count, F, Max, Q, QuerySet, When
from django.db.models import Case as CaseWhen
from django.db.models.functions import Length

from lotse.accounts.models import Person
from lotse.conversations.access import active_members
from lotse.conversations.models import Case, Member, Message
from lotse.conversations.schemas import Page
from lotse.core.limits import LISTED_BYTES, PAGE_BYTES
from lotse.keys.models import ConversationWrap


def cases_of(person: Person) -> QuerySet[Case]:
    """A client's own cases; for a counsellor the running cases of which she is a member."""
    if person.may("counsel"):
        mine = active_members().filter(person=person).values("conversation_id")
        return Case.objects.filter(conversation_id__in=mine, closed_at=None)
    return Case.objects.filter(client=person).order_by("-made_at")


def messages(conversation: UUID, page: Page) -> list[Message]:
    """In ascending order: the first messages after a number, otherwise the last before one."""
    found = Message.objects.filter(conversation__id=conversation)
    if page.after is not None:
        return _page(found.filter(number__gt=page.after).order_by("number")[: page.limit])
    if page.before is not None:
        found = found.filter(number__lt=page.before)
    return _page(found.order_by("-number")[: page.limit])[::-1]


def _page(found: QuerySet[Message]) -> list[Message]:
    """As many messages as fit, but at least the first."""
    page: list[Message] = []
    size = 0
    for message in found:
        size += len(message.body)
        if page and size > PAGE_BYTES:
            break
        page.append(message)
    return page


def members(ids: Collection[UUID]) -> dict[UUID, list[Member]]:
    """Includes members who have left: what they read stays read."""
    found = defaultdict(list)
    for member in Member.objects.filter(conversation_id__in=ids):
        found[member.conversation_id].append(member)
    return found


def unread(person: Person, ids: Collection[UUID]) -> dict[UUID, tuple[int, int]]:
    """Unread messages of others, without withdrawn ones: how many, and the newest number."""
    mine = Q(conversation__members__person=person)
    beyond = Q(number__gt=F("conversation__members__read"), withdrawn_at=None)
    new = Message.objects.filter(mine, beyond, conversation__id__in=ids).exclude(sender=person)
    counted = new.values_list("conversation__id").annotate(Count("id"), Max("number")).order_by()
    return {conversation: (count, newest) for conversation, count, newest in counted}


def last_messages(ids: Collection[UUID], *, is_list: bool) -> dict[UUID, Message]:
    """In a list, a long body stays in the database and is None here."""
    last = Message.objects.filter(conversation__id__in=ids, number=F("conversation__last"))
    if is_list:
        short = CaseWhen(When(size__lte=LISTED_BYTES, then=F("body")), output_field=BinaryField())
        last = last.defer("body").annotate(size=Length("body"), listed=short)
    found = {message.conversation.id: message for message in last.select_related("conversation")}
    for message in found.values() if is_list else ():
        message.body = message.listed  # type: ignore[attr-defined]
    return found


def wraps(
    ids: Collection[UUID], recipients: Collection[UUID]
) -> dict[UUID, list[ConversationWrap]]:
    found = defaultdict(list)
    wanted = ConversationWrap.objects.filter(conversation__in=ids, recipient__in=recipients)
    for wrap in wanted.order_by("epoch", "recipient_epoch"):
        found[wrap.conversation].append(wrap)
    return found
