"""Whether everything that was acknowledged is there: once, in order, and with everybody."""

from uuid import UUID

from lotse.conversations.models import Conversation, Message
from lotse.core.identifiers import to_text
from lotse.stream.queries import span
from tests.support.clients import Outbox, Reader
from tests.support.load import Load
from tests.support.mailboxes import events_of


def check(load: Load) -> int:
    """After `finish`; how many messages there are."""
    talks = {outbox.conversation for outbox in load.outboxes}
    for outbox in load.outboxes:
        _check_outbox(outbox)
    for talk in talks:
        _check_talk(load, talk)
    for reader in load.readers:
        _check_reader(reader)
    return Message.objects.filter(conversation__id__in=talks).count()


def _check_outbox(outbox: Outbox) -> None:
    """All were acknowledged, and are there with their words, in the order of their sending."""
    mine = Message.objects.filter(conversation__id=outbox.conversation, sender_id=outbox.person)
    rows = mine.filter(number__gt=1).order_by("number").values_list("id", "number", "body")
    stored = [(str(message), number, to_text(body)) for message, number, body in rows]
    assert [(one, body) for one, _, body in stored] == [
        (one["id"], one["body"]) for one in outbox.sent
    ]
    assert outbox.numbers == {one: number for one, number, _ in stored}


def _check_talk(load: Load, talk: UUID) -> None:
    rows = (
        Message.objects.filter(conversation__id=talk).order_by("number").values_list("number", "id")
    )
    stored = [(number, str(message)) for number, message in rows]
    last = Conversation.objects.values_list("last", flat=True).get(id=talk)
    assert [number for number, _ in stored] == list(range(1, last + 1))
    assert len(stored) == 1 + sum(len(o.sent) for o in load.outboxes if o.conversation == talk)
    for reader in load.readers:
        if str(talk) in reader.messages:
            assert reader.messages[str(talk)] == stored


def _check_reader(reader: Reader) -> None:
    assert not reader.wrong
    _, last = span(reader.person)
    assert reader.cursor == last
    numbers = [event.number for event in events_of(reader.person)]
    assert numbers == sorted(set(numbers))
    assert numbers[-1] == last
