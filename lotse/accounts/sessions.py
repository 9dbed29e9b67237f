"""Begins, unlocks and ends sessions. An end reaches every process and stream at once."""

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
    """The session that the cookie names, if it is valid. It may be locked."""
    row = _store(request).row
    return row if row and row.is_somebodys else None


def begin(request: HttpRequest, person: Person, *, is_kept: bool = False) -> str:
    """Replaces the browser's session, if any; returns the secret for the page."""
    end(request)
    known_devices.remember(request, person)
    device = device_of(request.headers.get("User-Agent", ""))
    return _store(request).begin(person, device, is_kept).unlock()


def unlock(request: HttpRequest, session: Session, *, is_kept: bool) -> str:
    """Returns the secret for the page, after the person of `session` has proved their identity."""
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
    """The valid sessions of the same person, newest first."""
    running = Session.objects.filter(person=session.person_id, ends_at__gt=timezone.now())
    return list(running.order_by("-made_on", "pk")[:MAX_SHOWN])


def end_other(session: Session, other: UUID) -> None:
    """Ends another session of the same person at once; otherwise raises Problem "not-found"."""
    ended, _ = Session.objects.filter(person=session.person_id, pk=other).delete()
    if not ended:
        raise Problem("not-found")
    _tell(session)


def end_others(session: Session) -> None:
    Session.objects.filter(person=session.person_id).exclude(pk=session.pk).delete()
    _tell(session)


def _tell(session: Session) -> None:
    # Otherwise streams of ended sessions would stay open for up to a minute.
    if session.person_id:
        recheck(session.person_id)


def renew(request: HttpRequest) -> None:
    """After a new password, changes the cookie and locks all pages of the session but this one.

    This request must have unlocked the session.
    """
    session = current(request)
    assert session  # noqa: S101 - as this request is unlocked
    secret = secret_in(request.headers.get("Authorization", ""))
    session.unlocks.exclude(digest=digest_of(secret)).delete()
    _store(request).cycle_key()


def _store(request: HttpRequest) -> SessionStore:
    return request.session  # type: ignore[return-value]
