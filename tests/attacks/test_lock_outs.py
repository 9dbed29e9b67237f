"""Attack: somebody uses up the attempts of a person, or of everybody at one address."""

from contextlib import suppress
from dataclasses import replace

import pytest
from django.test import Client

from lotse import env
from lotse.accounts import throttle
from lotse.accounts.counters import SLOTS
from lotse.accounts.roles import Role
from lotse.core.identifiers import to_text
from lotse.core.problems import Problem
from tests.accounts.people import Answer, Browser, problem, registered

pytestmark = pytest.mark.django_db
WRONG = to_text(bytes(32))


class Stranger(Browser):
    """Somebody else's device; it knows a nickname."""

    def __init__(self, person: Browser, **client: str) -> None:
        self.__dict__ |= person.__dict__ | {"client": Client(**client)}  # type: ignore[arg-type]

    def fail(self, times: int, nickname: str = "") -> list[str]:
        self.nickname = nickname or self.nickname
        return [problem(self.sign_in(WRONG)) for _ in range(times)]


def code(person: Browser) -> dict[str, object]:
    return person.at_door(recovery_sign_in_key=WRONG)


def test_who_knows_a_persons_id_locks_nobody_out() -> None:
    amal, thief = registered("amal"), Browser("thief")
    for _ in range(20):
        stolen = thief.new_account(person=str(amal.id))
        assert problem(thief.post("/api/accounts", stolen)) == "conflict"
    assert amal.elsewhere().get("/api/me").status_code == 200


@pytest.mark.parametrize("role", [Role.CLIENT, Role.COUNSELLOR])
def test_who_knows_a_nickname_does_not_lock_its_owner_out(role: str) -> None:
    amal = registered("amal", role)
    amal.post("/api/sign-out")
    stranger = Stranger(amal)
    assert stranger.fail(12)[-1] == "too-many-attempts"
    # The right key is refused as well on a device that nobody knows: it could be a guess.
    assert problem(stranger.sign_in()) == "too-many-attempts"
    assert amal.sign_in().status_code == 200
    for _ in range(12):
        last = stranger.post("/api/recovery", code(stranger))
    assert problem(last) == "too-many-attempts"
    assert problem(amal.post("/api/recovery", code(amal))) == "wrong-recovery-code"
    # The owner changes the password meanwhile.
    stranger.fail(1)
    change = {"current_sign_in_key": amal.keys["sign_in_key"]} | amal.new_password()
    assert amal.post("/api/password", change).status_code == 204


def test_a_known_device_has_ten_attempts_like_any_other() -> None:
    amal = registered("amal")
    slugs = [problem(amal.sign_in(WRONG)) for _ in range(12)]
    assert slugs == ["wrong-credentials"] * 10 + ["too-many-attempts"] * 2
    # That device's failures touch no other one.
    assert Stranger(amal).sign_in().status_code == 200


def test_another_persons_device_is_not_known() -> None:
    amal, nadia = registered("amal"), registered("nadia")
    stranger = Stranger(amal)
    stranger.client.cookies["device"] = nadia.client.cookies["device"].value
    assert stranger.fail(11)[-1] == "too-many-attempts"
    other = Stranger(amal)
    assert problem(other.sign_in()) == "too-many-attempts"
    assert nadia.sign_in().status_code == 200


def test_one_phones_failures_do_not_lock_out_the_shelter() -> None:
    """All at one address; the phone invents nicknames and knows some."""
    neighbours = [registered(f"neighbour {number}") for number in range(3)]
    phone = Stranger(neighbours[0])
    for number in range(350):
        phone.fail(2, f"invented {number}")
    assert phone.fail(2, "invented")[-1] == "too-many-attempts"
    for neighbour in neighbours:
        assert Stranger(neighbour).sign_in().status_code == 200, "on a new device"
        assert neighbour.sign_in().status_code == 200, "on a known one"


def test_one_phone_asking_for_parameters_locks_nobody_out() -> None:
    amal = registered("amal")
    for _ in range(700):
        assert amal.post("/api/prelogin", {"nickname": "x y"}).status_code == 200


def test_known_and_unknown_nicknames_are_refused_alike_at_a_tired_address() -> None:
    registered("amal")
    phone = Stranger(Browser("nobody"))
    for number in range(302):
        phone.fail(2, f"invented {number}")
    assert phone.fail(2, "amal") == phone.fail(2, "nobody else")


def test_a_flood_of_invented_nicknames_frees_no_real_one() -> None:
    amal = registered("amal")
    assert Stranger(amal).fail(12)[-1] == "too-many-attempts"
    unknown = replace(throttle.SIGN_IN, name=f"{throttle.SIGN_IN.name}-unknown")
    for number in range(2 * SLOTS):
        with suppress(Problem):
            throttle.take(unknown, f"invented {number}")
    assert Stranger(amal).fail(1) == ["too-many-attempts"]
    assert registered("nadia").sign_in().status_code == 200


def look(client: Client, address: str, forwarded: str = "") -> Answer:
    headers = {"X-Forwarded-For": forwarded} if forwarded else {}
    body = {"nickname": "amal"}
    return client.post(
        "/api/nicknames/look", body, "application/json", headers=headers, REMOTE_ADDR=address
    )


@pytest.mark.parametrize(
    ("network", "admitted"),
    [("2001:db8:7:7::{:x}", 600), ("2001:db8:8:11{:02x}::1", 2400)],
    ids=["/64", "/56"],
)
def test_changing_addresses_within_one_network_helps_nobody(network: str, admitted: int) -> None:
    client = Client()
    statuses = [look(client, network.format(n % 256)).status_code for n in range(admitted + 60)]
    assert statuses[:admitted] == [200] * admitted
    assert 429 in statuses[admitted:]
    assert look(client, "2001:db8:9::1").status_code == 200


def test_a_port_in_the_forwarded_address_shares_no_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    """All whose address could not be read would lock each other out."""
    monkeypatch.setattr(env, "PROXIES", 1)
    client = Client()
    for port in range(602):
        last = look(client, "127.0.0.1", f"192.0.2.1:{1024 + port}")
    assert last.status_code == 429
    assert look(client, "127.0.0.1", "192.0.2.2:1024").status_code == 200
    assert look(client, "127.0.0.1", "[2001:db8:5::1]:1024").status_code == 200
