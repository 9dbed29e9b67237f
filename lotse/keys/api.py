"""Routes of accounts and their keys."""

from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest
from ninja import Router

from lotse.accounts import sessions, throttle
from lotse.accounts.auth import signed_in
from lotse.accounts.models import Person
from lotse.accounts.roles import Role, door_of
from lotse.accounts.sign_in import Claim, find, prove
from lotse.core.identifiers import to_text
from lotse.core.problems import Problem
from lotse.keys import actions, queries, schemas

router = Router(tags=["accounts"])


@router.post("/prelogin", response=schemas.Parameters)
def prelogin(request: HttpRequest, body: schemas.Nickname) -> schemas.Parameters:
    """Not limited: no secret is tried, and one phone would lock out all others at its address."""
    return queries.parameters(body.door, body.nickname)


@router.post("/nicknames/look", response=schemas.Free)
def nickname_free(request: HttpRequest, body: schemas.WishedNickname) -> schemas.Free:
    """Posted: proxies log addresses, and some nicknames would not survive in one."""
    throttle.take_address(throttle.ADDRESS_LOOK, request)
    return schemas.Free(free=find(body.nickname) is None)


@router.post("/accounts", response={201: schemas.Me})
def create_account(request: HttpRequest, body: schemas.NewAccount) -> schemas.Me:
    throttle.take_address(throttle.ADDRESS_REGISTER, request)
    person = actions.once(body, lambda: actions.register(body, Role.CLIENT))
    sessions.begin(request, person)
    return queries.me(person)


@router.post("/sign-in", response=schemas.Me)
def sign_in(request: HttpRequest, body: schemas.SignIn) -> schemas.Me:
    key = to_text(body.sign_in_key)
    person = prove(request, throttle.SIGN_IN, Claim(body.door, body.nickname, key))
    if person is None:
        raise Problem("wrong-credentials")
    sessions.begin(request, person)
    return queries.me(person)


@router.post("/sign-out", response={204: None})
def sign_out(request: HttpRequest) -> None:
    sessions.end(request)


@router.get("/me", auth=signed_in, response=schemas.Me)
def me(request: HttpRequest) -> schemas.Me:
    return queries.me(_person(request))


@router.post("/recovery", response=schemas.Recovered)
def recover(request: HttpRequest, body: schemas.Recovery) -> schemas.Recovered:
    return queries.recovered(_with_code(request, body))


@router.post("/recovery/password", response=schemas.Me)
def recover_password(request: HttpRequest, body: schemas.RecoveryPassword) -> schemas.Me:
    person = actions.set_password(_with_code(request, body).pk, body)
    sessions.begin(request, person)
    return queries.me(person)


def _with_code(request: HttpRequest, body: schemas.Recovery | schemas.RecoveryPassword) -> Person:
    key = to_text(body.recovery_sign_in_key)
    claim = Claim(body.door, body.nickname, key)
    person = prove(request, throttle.RECOVERY, claim, queries.is_recovery_key)
    if person is None:
        raise Problem("wrong-recovery-code")
    return person


@router.post("/password", auth=signed_in, response={204: None})
def change_password(request: HttpRequest, body: schemas.PasswordChange) -> None:
    person = _person(request)
    # A borrowed session must not try passwords faster than the sign-in page can.
    key = to_text(body.current_sign_in_key)
    if not prove(request, throttle.SIGN_IN, Claim(door_of(person.role), person.nickname, key)):
        raise Problem("wrong-credentials")
    update_session_auth_hash(request, actions.set_password(person.pk, body))


@router.put("/language", auth=signed_in, response={204: None})
def set_language(request: HttpRequest, body: schemas.Language) -> None:
    Person.objects.filter(pk=_person(request).pk).update(language=body.language)


def _person(request: HttpRequest) -> Person:
    return request.auth  # type: ignore[attr-defined, no-any-return]
