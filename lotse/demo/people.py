"""Demo people. They join like everybody else, with keys made as a browser makes them."""

import csv
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from lotse.accounts.models import Person
from lotse.accounts.roles import Role
from lotse.centres import keys as centre_keys
from lotse.centres.invitations import Place, invite
from lotse.centres.join import Join, join
from lotse.centres.keys_queries import for_member
from lotse.centres.keys_schemas import Admit, Found
from lotse.centres.models import Centre, Counsellor, Organisation, Topic
from lotse.core.identifiers import new_id
from lotse.demo import crypto
from lotse.demo.environment import PASSWORD
from lotse.keys.actions import register
from lotse.keys.schemas import NewAccount

DATA = Path(__file__).parent / "data"


@dataclass(frozen=True)
class Player:
    """A demo person, with what a browser would hold in memory."""

    person: Person
    account: crypto.Account


def add_staff() -> dict[str, Player]:
    """Counsellors, a coordinator and an administrator, by nickname."""
    players = {}
    for row in _rows("counsellors.csv"):
        players[row["nickname"]] = _add_counsellor(row)
    by_centre = defaultdict(list)
    for player in players.values():
        by_centre[player.person.counsellor.centre_id].append(player)
    for team in by_centre.values():
        _share_keys(team)
    association = Organisation.objects.get(name="Demo-Werk Mitte")
    players["demo-koordination"] = _join("demo-koordination", Role.COORDINATOR, association)
    players["demo-verwaltung"] = _join("demo-verwaltung", Role.ADMINISTRATOR, None)
    return players


def add_client(nickname: str, language: str) -> Player:
    """`language` is the one spoken. The interface falls back to German if it is not translated."""
    shown = language if language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
    person_id = str(new_id())
    account, keys, _ = crypto.create_account(person_id, PASSWORD, "client")
    new = NewAccount.model_validate(
        {"person": person_id, "nickname": nickname, "language": shown, "keys": keys}
    )
    return Player(register(new, Role.CLIENT, is_demo=True), account)


def _add_counsellor(row: dict[str, str]) -> Player:
    centre = Centre.objects.get(name=row["centre"])
    languages = row["languages"].split(",")
    player = _join(row["nickname"], Role.COUNSELLOR, centre, name=row["name"], languages=languages)
    counsellor = Counsellor.objects.get(person=player.person)
    counsellor.gender, counsellor.about = row["gender"], row["about"]
    counsellor.save()
    counsellor.topics.set(Topic.objects.filter(slug__in=row["topics"].split(",")))
    return player


def _join(
    nickname: str, role: str, place: Place, name: str = "", languages: list[str] | None = None
) -> Player:
    _, link = invite(role, place)
    person_id = str(new_id())
    account, keys, _ = crypto.create_account(person_id, PASSWORD, "staff")
    new = {"person": person_id, "nickname": nickname, "language": "de", "keys": keys}
    new |= {"token": link.partition("#")[2], "name": name, "languages": languages or []}
    person = join(Join.model_validate(new))
    person.is_demo = True
    person.save(update_fields=["is_demo"])
    return Player(person, account)


def _share_keys(team: list[Player]) -> None:
    """The first counsellor founds the centre's keys and admits the others."""
    lead, *others = team
    centre = lead.person.counsellor.centre_id
    found = crypto.found_centre(lead.account, str(centre))
    centre_keys.found(lead.person, Found.model_validate(found))
    for other in others:
        opened = open_centre(lead)
        admitted = crypto.admit(lead.account, opened, other.account)
        centre_keys.admit(lead.person, Admit.model_validate(admitted))


def open_centre(player: Player) -> crypto.CentreKeys:
    wire = for_member(player.person).model_dump(mode="json")
    wraps = {one["epoch"]: one["wrapped"] for one in wire["wraps"]}
    return crypto.open_centre(player.account, wire["centre"], wire["manifests"], wraps)


def _rows(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8") as file:
        return list(csv.DictReader(file, delimiter=";"))
