"""Counsellors with real keys at centres with real ones."""

from typing import Any

from lotse.accounts.roles import Role
from lotse.centres.invitations import invite
from lotse.centres.models import Centre, Language, Organisation
from lotse.demo import crypto
from tests.accounts.people import Browser, told


def centre_called(name: str) -> Centre:
    organisation, _ = Organisation.objects.get_or_create(name="Verband")
    slug = name.lower().replace(" ", "-")
    return Centre.objects.create(organisation=organisation, name=name, slug=slug)


def token_for(role: str, place: Any = None, **options: Any) -> str:
    return invite(role, place, **options)[1].partition("#")[2]


def joining(browser: Browser, token: str, **changed: object) -> dict[str, Any]:
    """Body of POST /api/join."""
    Language.objects.get_or_create(code="de")
    own = {"token": token, "name": browser.nickname.title(), "languages": ["de"]}
    return browser.new_account(**own) | changed


def counsellor_at(centre: Centre, nickname: str) -> Browser:
    browser = Browser(nickname, Role.COUNSELLOR)
    answer = browser.post("/api/join", joining(browser, token_for(Role.COUNSELLOR, centre)))
    assert answer.status_code == 201, answer.content
    return browser


def found(browser: Browser, centre: Centre) -> dict[str, Any]:
    """Body of POST /api/centre-keys/found."""
    return crypto.found_centre(browser.account, str(centre.pk))


def opened(browser: Browser) -> crypto.CentreKeys:
    """The centre's keys as this member's browser opens them."""
    wire = told(browser.get("/api/centre-keys"))
    wraps = {one["epoch"]: one["wrapped"] for one in wire["wraps"]}
    return crypto.open_centre(browser.account, wire["centre"], wire["manifests"], wraps)


def admission(lead: Browser, member: Browser) -> dict[str, Any]:
    """Body of POST /api/centre-keys/admit."""
    return crypto.admit(lead.account, opened(lead), member.account)
