"""Django's sessions, except that the database holds only a digest of the cookie's value."""

from typing import Any

from django.contrib.sessions.backends.base import VALID_KEY_CHARS, SessionBase, UpdateError
from django.utils import timezone
from django.utils.crypto import get_random_string

from lotse.accounts.models import SESSION_AGE, Person, Session
from lotse.core.digest import digest_of


class SessionStore(SessionBase):
    """A session ends SESSION_AGE after its beginning, even if it is in use."""

    _row: Session | None = None

    @property
    def row(self) -> Session | None:
        # Any access to the data loads the row.
        self.get("")
        return self._row

    def load(self) -> dict[str, Any]:
        self._row = Session.behind(self.session_key or "")
        if self._row is None:
            self._session_key = None
            return {}
        return self.decode(self._row.data) if self._row.data else {}

    def begin(self, person: Person, device: str, is_kept: bool) -> Session:
        """A new session, because the session that the browser has shown may be another person's."""
        self.flush()
        self._row = Session(person=person, device=device, is_kept=is_kept)
        self.keep(is_kept)
        self.create()
        return self._row

    def keep(self, is_kept: bool) -> None:
        """Sets whether the cookie outlives the browser."""
        self.set_expiry(int(SESSION_AGE.total_seconds()) if is_kept else 0)

    def flush(self) -> None:
        super().flush()
        self._row = None

    def exists(self, session_key: str) -> bool:
        return Session.objects.filter(key=digest_of(session_key)).exists()

    def create(self) -> None:
        self._session_key = _new_key()
        self.save(must_create=True)
        self.modified = True

    def save(self, must_create: bool = False) -> None:
        if self.session_key is None:
            self.create()
            return
        data = self.encode(self._get_session(no_load=must_create))  # type: ignore[attr-defined]
        if must_create:
            self._row = self._row or Session()
            self._row.key, self._row.data = digest_of(self.session_key), data
            self._row.save(force_insert=True)
        elif not self._here().update(data=data):
            raise UpdateError

    def cycle_key(self) -> None:
        """Another cookie for the same session."""
        here = self._here()
        self._session_key = _new_key()
        here.update(key=digest_of(self._session_key))
        self.modified = True

    def delete(self, session_key: str | None = None) -> None:
        key = session_key or self.session_key
        if key:
            Session.objects.filter(key=digest_of(key)).delete()

    def _here(self) -> Any:
        return Session.objects.filter(key=digest_of(self.session_key or ""))

    @classmethod
    def clear_expired(cls) -> None:
        Session.objects.filter(ends_at__lt=timezone.now()).delete()


def _new_key() -> str:
    """165 random bits, so that no check for an existing key is needed."""
    return get_random_string(32, VALID_KEY_CHARS)
