"""Beginning, unlocking and ending a session, everywhere at once."""

from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone

from lotse.accounts import known_devices
from lotse.accounts.device import device_of
from lotse.accounts.models import Person, Session
from lotse.accounts.secret import secret_in
from lotse.accounts.session_store import SessionStore
from lotse.core.digest import digest_of
from lotse.core.problems import Problem
from lotse.stream.actions import recheck


def current(request: HttpRequest) -> Session | None:
    """The one that the cookie names, if it is good; nobody has unlocked it by that."""
    row = _store(request).row
    return row if row and row.is_somebodys else None


def begin(request: HttpRequest, person: Person, *, is_kept: bool = False) -> str:
    """In place of whatever session this browser has had; the secret for the page."""
    end(request)
    known_devices.remember(request, person)
    device = device_of(request.headers.get("User-Agent", ""))
    return _store(request).begin(person, device, is_kept).unlock()


def unlock(request: HttpRequest, session: Session, *, is_kept: bool) -> str:
    """The secret for the page. `session` is the current one, and its person has proved it."""
    if session.is_kept != is_kept:
        session.is_kept = is_kept
        session.save(update_fields=["is_kept"])
        _store(request).keep(is_kept)
    return session.unlock()


def end(request: HttpRequest) -> None:
    row = _store(request).row
    _store(request).flush()
    if row:
        _tell(row)


MAX_SHOWN = 100


def of_same_person(session: Session) -> list[Session]:
    """Those that are good still, the newest first."""
    running = Session.objects.filter(person=session.person_id, ends_at__gt=timezone.now())
    return list(running.order_by("-made_on", "pk")[:MAX_SHOWN])


def end_other(session: Session, other: UUID) -> None:
    """Of the same person; raises Problem "not-found" for anybody else's. Its pages end at once."""
    ended, _ = Session.objects.filter(person=session.person_id, pk=other).delete()
    if not ended:
        raise Problem("not-found")
    _tell(session)


def end_others(session: Session) -> None:
    Session.objects.filter(person=session.person_id).exclude(pk=session.pk).delete()
    _tell(session)


def _tell(session: Session) -> None:
    # Otherwise streams of the ended ones would stay open for up to a minute.
    if session.person_id:
        recheck(session.person_id)


def renew(request: HttpRequest) -> None:
    """For a new password: this page goes on, with another cookie; no other page of it does.

    The session must have been unlocked by this request.
    """
    session = current(request)
    assert session  # noqa: S101 - as this request is unlocked
    secret = secret_in(request.headers.get("Authorization", ""))
    session.unlocks.exclude(digest=digest_of(secret)).delete()
    _store(request).cycle_key()


def _store(request: HttpRequest) -> SessionStore:
    return request.session  # type: ignore[return-value]
