"""Routes of accounts and their keys."""

from django.http import HttpRequest
from ninja import Router

from lotse.accounts import sessions, throttle
from lotse.accounts.auth import signed_in
from lotse.accounts.models import Person, Session
from lotse.accounts.roles import Role
from lotse.accounts.sign_in import Claim, find, prove
from lotse.core.database import atomic
from lotse.core.identifiers import to_text
from lotse.core.problems import Problem
from lotse.keys import actions, queries, schemas
from lotse.keys.proof import prove_again

router = Router(tags=["accounts"])


@router.post("/prelogin", response=schemas.Parameters)
def prelogin(request: HttpRequest, body: schemas.Nickname) -> schemas.Parameters:
    """No limit: no secret is tried, and a limit by address would lock out a whole shelter."""
    return queries.parameters(body.door, body.nickname)


@router.post("/nicknames/look", response=schemas.Free)
def nickname_free(request: HttpRequest, body: schemas.WishedNickname) -> schemas.Free:
    """A POST, because proxies log URLs, and some nicknames cannot be part of one."""
    throttle.take_address(throttle.ADDRESS_LOOK, request)
    return schemas.Free(free=find(body.nickname) is None)


@router.post("/accounts", response={201: schemas.Unlocked})
def create_account(request: HttpRequest, body: schemas.NewAccount) -> schemas.Unlocked:
    throttle.take_address(throttle.ADDRESS_REGISTER, request)
    person = actions.once(body, lambda: actions.register(body, Role.CLIENT))
    return queries.unlocked(person, sessions.begin(request, person))


@router.post("/sign-in", response=schemas.Unlocked)
def sign_in(request: HttpRequest, body: schemas.SignIn) -> schemas.Unlocked:
    claim = Claim(body.door, body.nickname, to_text(body.sign_in_key))
    person = prove(request, throttle.SIGN_IN, claim)
    if person is None:
        raise Problem("wrong-credentials")
    return queries.unlocked(person, sessions.begin(request, person, is_kept=body.keep))


@router.get("/unlock", response=schemas.Locked)
def locked(request: HttpRequest) -> schemas.Locked:
    """The parameters for unlocking. With the cookie alone, nothing shows the person's name.

    No limit: a cookie cannot be guessed, and this costs one query.
    """
    return queries.locked(_whose(_session(request)))


@router.post("/unlock", response=schemas.Unlocked)
def unlock(request: HttpRequest, body: schemas.Unlock) -> schemas.Unlocked:
    session = _session(request)
    person = _whose(session)
    prove_again(request, person, body.sign_in_key)
    return queries.unlocked(person, sessions.unlock(request, session, is_kept=body.keep))


def _session(request: HttpRequest) -> Session:
    session = sessions.current(request)
    if session is None:
        raise Problem("signed-out")
    return session


def _whose(session: Session) -> Person:
    assert session.person  # noqa: S101 - as sessions.current has looked
    return session.person


@router.post("/sign-out", response={204: None})
def sign_out(request: HttpRequest) -> None:
    sessions.end(request)


@router.get("/me", auth=signed_in, response=schemas.Me)
def me(request: HttpRequest) -> schemas.Me:
    return queries.me(_person(request))


@router.post("/recovery", response=schemas.Recovered)
def recover(request: HttpRequest, body: schemas.Recovery) -> schemas.Recovered:
    return queries.recovered(_with_code(request, body))


@router.post("/recovery/password", response=schemas.Unlocked)
def recover_password(request: HttpRequest, body: schemas.RecoveryPassword) -> schemas.Unlocked:
    person = actions.set_password(_with_code(request, body).pk, body)
    return queries.unlocked(person, sessions.begin(request, person))


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
    prove_again(request, person, body.current_sign_in_key)
    with atomic():
        actions.set_password(person.pk, body, staying=_session(request))
        sessions.renew(request)


@router.post("/recovery-code", auth=signed_in, response={204: None})
def change_recovery_code(request: HttpRequest, body: schemas.RecoveryCodeChange) -> None:
    person = _person(request)
    prove_again(request, person, body.current_sign_in_key)
    actions.set_recovery_code(person.pk, body)


@router.put("/language", auth=signed_in, response={204: None})
def set_language(request: HttpRequest, body: schemas.Language) -> None:
    Person.objects.filter(pk=_person(request).pk).update(language=body.language)


def _person(request: HttpRequest) -> Person:
    return request.auth  # type: ignore[attr-defined, no-any-return]
