"""Attack: somebody has copied the database, the cookie, or left a cookie of their own behind."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.utils import timezone

from lotse.accounts.models import IDLE_LIMIT, MAX_UNLOCKS, NOTE_INTERVAL, Session, Unlock
from lotse.accounts.roles import Role
from lotse.centres.invitations import invite
from lotse.core.identifiers import from_text, new_id, to_text
from lotse.demo import crypto
from lotse.stream.actions import recheck
from tests.accounts.people import Browser, problem, registered, told
from tests.conversations.world import Caller, make_person, message_body
from tests.stream.line import Line
from tests.support.streams import unconnected

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "live"])
WRONG = to_text(bytes(32))
NOWHERE = "00000000-0000-4000-8000-000000000000"
READ = ["/api/me", "/api/conversations", f"/api/conversations/{NOWHERE}/messages"]
LIVE = [
    ("POST", f"/live/conversations/{NOWHERE}/messages"),
    ("POST", f"/live/conversations/{NOWHERE}/receipts"),
    ("GET", f"/live/blobs/{NOWHERE}/{NOWHERE}/0"),
    ("GET", "/live/events"),
]


@pytest.fixture
def amal() -> Browser:
    return registered("amal")


def with_cookie(cookie: str, secret: str = "") -> Client:
    headers = {"Authorization": f"Bearer {secret}"} if secret else {}
    client = Client(headers=headers)
    client.cookies[settings.SESSION_COOKIE_NAME] = cookie
    return client


def test_what_the_tables_hold_opens_nothing(amal: Browser) -> None:
    session, unlock = Session.objects.get(), Unlock.objects.get()
    held = [session.key, session.data, str(session.pk), unlock.digest, amal.person.password]
    assert not {amal.session, amal.secret} & set(held)
    for cookie in held:
        for secret in (*held, amal.secret):
            assert problem(with_cookie(cookie, secret).get("/api/me")) == "signed-out"
    for secret in held:
        assert problem(with_cookie(amal.session, secret).get("/api/me")) == "locked"


def test_no_table_holds_a_secret(amal: Browser) -> None:
    _, _, invitation = invite(Role.ADMINISTRATOR)[1].partition("#")
    recovery = crypto.parse_recovery_code(amal.code)
    keys = (amal.keys["sign_in_key"], amal.keys["recovery_sign_in_key"])
    device = amal.client.cookies[settings.DEVICE_COOKIE_NAME].value
    random = [from_text(one) for one in (*keys, amal.secret, device, invitation)]
    forms = [amal.session.encode(), amal.code.encode()]
    for secret in (*random, recovery):
        forms += [secret, secret.hex().encode(), to_text(secret).encode()]
    held = kept()
    assert Session.objects.get().key.encode() in held
    assert not [form for form in forms if form in held]


def kept() -> bytes:
    """All that the database has, one value after the other."""
    values: list[bytes] = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608
            for row in cursor.fetchall():
                values += [one if isinstance(one, bytes) else str(one).encode() for one in row]
    return b"\n".join(values)


@pytest.mark.parametrize("path", READ)
def test_a_cookie_alone_reads_nothing(amal: Browser, path: str) -> None:
    for secret in ("", "invented", WRONG):
        assert problem(with_cookie(amal.session, secret).get(path)) == "locked"


@pytest.mark.parametrize(("method", "path"), LIVE)
def test_a_cookie_alone_goes_past_no_live_route(method: str, path: str) -> None:
    thief = Caller(make_person())
    del thief.client.defaults["HTTP_AUTHORIZATION"]
    assert thief.refused(method, path, message_body()) == "locked"


def test_a_cookie_alone_writes_nothing_and_signs_out(amal: Browser) -> None:
    thief = with_cookie(amal.session)
    for method, path in (
        ("PUT", "/api/language"),
        ("POST", "/api/password"),
        ("POST", "/api/cases"),
    ):
        assert problem(thief.generic(method, path, b"{}", "application/json")) == "locked"
    assert thief.post("/api/sign-out").status_code == 204
    assert problem(amal.get("/api/me")) == "signed-out"


def test_what_unlocking_needs_says_neither_name_nor_wrap(amal: Browser) -> None:
    answer = with_cookie(amal.session).get("/api/unlock")
    needed = {name: amal.keys[name] for name in ("salt", "memory_kib", "passes")}
    assert told(answer) == needed | {"person": str(amal.id), "door": "client"}
    assert problem(Client().get("/api/unlock")) == "signed-out"
    assert problem(with_cookie("invented").get("/api/unlock")) == "signed-out"


def test_unlocking_is_limited_with_signing_in(amal: Browser) -> None:
    """A copied session is no second set of attempts."""
    thief, tries = with_cookie(amal.session), Client()
    guess = {"nickname": "amal", "sign_in_key": WRONG}
    slugs = []
    for _ in range(6):
        for client, path, body in (
            (tries, "/api/sign-in", guess),
            (thief, "/api/unlock", {"sign_in_key": WRONG}),
        ):
            slugs.append(problem(client.post(path, body, content_type="application/json")))
    assert slugs == ["wrong-credentials"] * 10 + ["too-many-attempts"] * 2


def test_a_secret_unlocks_its_own_session_only(amal: Browser) -> None:
    phone = amal.elsewhere()
    assert problem(with_cookie(amal.session, phone.secret).get("/api/me")) == "locked"
    assert with_cookie(phone.session, phone.secret).get("/api/me").status_code == 200


def unlock(browser: Browser, **more: Any) -> str:
    answer = browser.post("/api/unlock", {"sign_in_key": browser.keys["sign_in_key"]} | more)
    return str(told(answer)["unlock"])


def test_each_tab_unlocks_alone_and_the_oldest_gives_way(amal: Browser) -> None:
    first, cookie = amal.secret, amal.session
    secrets = [unlock(amal) for _ in range(MAX_UNLOCKS - 1)]
    assert with_cookie(cookie, first).get("/api/me").status_code == 200
    secrets.append(unlock(amal))
    assert amal.session == cookie
    assert problem(with_cookie(cookie, first).get("/api/me")) == "locked"
    for secret in secrets:
        assert with_cookie(cookie, secret).get("/api/me").status_code == 200


def test_a_planted_session_is_not_taken_over(amal: Browser) -> None:
    """Whoever has planted a cookie, their own or one of the same person, shares nothing."""
    nadia = registered("nadia")
    for planted in (nadia.session, amal.session, "x" * 32):
        amal.client.cookies[settings.SESSION_COOKIE_NAME] = planted
        assert amal.sign_in().status_code == 200
        assert amal.session != planted
        for secret in ("", amal.secret, nadia.secret):
            assert problem(with_cookie(planted, secret).get("/api/me")) == "signed-out"


def idle(by: timedelta = IDLE_LIMIT + timedelta(seconds=1)) -> None:
    Unlock.objects.update(used_at=timezone.now() - by)
    for person in Session.objects.values_list("person", flat=True):
        recheck(person)


def test_an_idle_page_is_locked(amal: Browser) -> None:
    idle(IDLE_LIMIT - timedelta(minutes=1))
    assert amal.get("/api/me").status_code == 200
    assert timezone.now() - Unlock.objects.get().used_at < NOTE_INTERVAL
    idle()
    assert problem(amal.get("/api/me")) == "locked"
    unlock(amal)
    assert amal.get("/api/me").status_code == 200


@pytest.fixture
def line() -> Iterator[Line]:
    with unconnected() as line:
        yield line


def test_a_stream_keeps_no_page_open(amal: Browser, line: Line) -> None:
    line.cookie = f"{settings.SESSION_COOKIE_NAME}={amal.session}"
    line.authorization = f"Bearer {amal.secret}"
    idle(NOTE_INTERVAL * 2)
    used_at = Unlock.objects.get().used_at
    line.connect()
    line.wait(lambda line: line.status == 200)
    assert Unlock.objects.get().used_at == used_at
    idle()
    line.wait(lambda line: line.ended)
    line.connect()
    line.wait(lambda line: line.ended)
    assert line.status == 401


def test_a_post_after_a_stream_s_look_is_written_down() -> None:
    """Otherwise somebody who writes all the time, and reads along, would be locked out."""
    caller = Caller(make_person())
    Unlock.objects.update(used_at=timezone.now() - NOTE_INTERVAL * 2)
    for path in ("/live/events", f"/live/conversations/{new_id()}/receipts"):
        caller("GET" if "events" in path else "POST", path, {})
    assert timezone.now() - Unlock.objects.get().used_at < NOTE_INTERVAL


def test_whoever_asked_to_be_kept_is_not_locked_by_idle_time(amal: Browser) -> None:
    cookie = amal.client.cookies[settings.SESSION_COOKIE_NAME]
    # It ends with the browser.
    assert cookie["max-age"] == cookie["expires"] == ""
    unlock(amal, keep=True)
    assert amal.client.cookies[settings.SESSION_COOKIE_NAME]["max-age"]
    idle()
    assert amal.get("/api/me").status_code == 200
    unlock(amal, keep=False)
    assert not amal.client.cookies[settings.SESSION_COOKIE_NAME]["max-age"]
    idle()
    assert problem(amal.get("/api/me")) == "locked"


def test_every_session_ends_after_thirty_days(amal: Browser) -> None:
    unlock(amal, keep=True)
    session = Session.objects.get()
    left = session.ends_at - timezone.now()
    assert timedelta(days=29) < left <= timedelta(days=30)
    Session.objects.update(ends_at=timezone.now())
    assert problem(amal.get("/api/me")) == "signed-out"
    assert (
        problem(amal.post("/api/unlock", {"sign_in_key": amal.keys["sign_in_key"]})) == "signed-out"
    )


def test_only_the_office_goes_by_cookie_alone() -> None:
    chief = registered("chief", Role.ADMINISTRATOR)
    person = chief.person
    person.is_superuser = True
    person.save()
    by_cookie = with_cookie(chief.session)
    assert by_cookie.get("/office/centres/").status_code == 200
    for path in ("/api/me", "/api/desk/invitations", "/api/desk/centres"):
        assert problem(by_cookie.get(path)) == "locked"
    idle(NOTE_INTERVAL * 2)
    assert by_cookie.get("/office/centres/").status_code == 200
    assert timezone.now() - Unlock.objects.get().used_at < NOTE_INTERVAL
    idle()
    assert by_cookie.get("/office/centres/")["Location"] == "/desk/?next=/office/centres/"
    unlock(chief)
    assert by_cookie.get("/office/centres/").status_code == 200
