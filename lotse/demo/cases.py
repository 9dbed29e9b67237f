"""Demo cases: sealed as a browser seals them, then moved back in time."""

import json
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from lotse.centres.keys_queries import public
from lotse.centres.models import Centre
from lotse.conversations.actions.cases import enter, open_case
from lotse.conversations.actions.messages import post
from lotse.conversations.actions.receipts import record_receipts
from lotse.conversations.models import Case, Message
from lotse.conversations.promises import promised
from lotse.conversations.schemas import NewCase, NewMessage
from lotse.core.identifiers import new_id
from lotse.demo import crypto
from lotse.demo.people import DATA, Player, add_client

BETWEEN = timedelta(minutes=14)
"""Less than what an edit may come after its message (docs/keys.md)."""


def add_cases(staff: dict[str, Player]) -> None:
    for told in json.loads((DATA / "cases.json").read_text(encoding="utf-8")):
        client = add_client(told["nickname"], told["language"])
        _play(told, client, staff)


def _play(told: dict[str, Any], client: Player, staff: dict[str, Player]) -> None:
    (_, question), *rest = told["messages"]
    case, key = _ask(told, client, staff, question)
    for speaker, text, *about in rest:
        player = client if speaker == "client" else staff[told["counsellor"]]
        _say(case, key, player, _content(case, text, *about))
    if told["counsellor"]:
        record_receipts(client.person.pk, case.conversation_id, len(rest), len(rest))
    _set_back(case, timezone.now() - timedelta(hours=told["hours_ago"]))


def _ask(
    told: dict[str, Any], client: Player, staff: dict[str, Player], question: str
) -> tuple[Case, crypto.SecretKey]:
    centre = Centre.objects.get(name=told["centre"])
    requested = staff.get(told["counsellor"] or told.get("requested", ""))
    chain = public(centre.pk).model_dump(mode="json")["manifests"]
    conversation = str(new_id())
    manifest = crypto.verify_manifests(str(centre.pk), chain)
    key, keys = crypto.new_conversation(client.account, conversation, manifest)
    new = {
        "conversation": conversation,
        "centre": str(centre.pk),
        "counsellor": requested and str(requested.person.counsellor.pk),
        "language": told["language"],
        "topic": told["topic"],
        "place": told["place"],
        "keys": keys,
        "message": _sealed(key, conversation, client, {"kind": "text", "text": question}),
    }
    return open_case(client.person, NewCase.model_validate(new))[0], key


def _content(case: Case, text: str, about: dict[str, int] | None = None) -> dict[str, Any]:
    """`about` names the message, by its number, that this one answers or changes."""
    ids = {one.number: str(one.id) for one in case.conversation.messages.all()}
    content: dict[str, Any] = {"kind": "text", "text": text}
    for what, number in (about or {}).items():
        changed = {"kind": "edit", "of": ids[number]}
        content |= changed if what == "edit" else {"reply": ids[number]}
    newest = max(ids)
    return content | {"after": [[ids[newest], newest]]}


def _say(case: Case, key: crypto.SecretKey, player: Player, content: dict[str, Any]) -> None:
    enter(player.person, case.conversation_id)
    message = _sealed(key, str(case.conversation_id), player, content)
    new = NewMessage.model_validate(message | {"epoch": 1})
    post(player.person, case.conversation_id, new)


def _sealed(
    key: crypto.SecretKey, conversation: str, player: Player, content: dict[str, Any]
) -> dict[str, str]:
    message = str(new_id())
    place = crypto.Place(conversation, message, player.account.person)
    body = crypto.seal_message(key, place, content)
    return {"id": message, "body": body}


def _set_back(case: Case, asked: datetime) -> None:
    """Moves the whole case back in time, so that it began at `asked`."""
    messages = list(case.conversation.messages.order_by("number"))
    for index, message in enumerate(messages):
        message.sent_at = asked + index * BETWEEN
    Message.objects.bulk_update(messages, ["sent_at"])
    case.refresh_from_db()
    case.made_at = asked
    if case.taken_at:
        case.taken_at = asked + BETWEEN
    if case.waiting_since:
        theirs = [one.sent_at for one in messages if one.sender_id == case.client_id]
        case.waiting_since = theirs[-1] if case.counsellor else theirs[0]
        case.answer_by = promised(
            case.centre, case.counsellor or case.requested, case.waiting_since
        )
    case.save()
