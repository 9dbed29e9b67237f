"""People who sign in, their sessions, and the unlocks of sessions."""

import secrets
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import DatabaseError, models
from django.utils import timezone

from lotse import env
from lotse.accounts.nicknames import FOLDED_MAX, fold_nickname
from lotse.accounts.roles import Role, may
from lotse.accounts.verifier import is_verified, verifier_of
from lotse.core.digest import digest_of
from lotse.core.identifiers import new_id, to_text
from lotse.stream.actions import recheck

SESSION_AGE = timedelta(seconds=settings.SESSION_COOKIE_AGE)
MAX_UNLOCKS = 8
"""For each session, because each tab unlocks alone."""
IDLE_LIMIT = timedelta(minutes=env.LOCK_MINUTES)
NOTE_INTERVAL = min(timedelta(minutes=2), IDLE_LIMIT / 4)
"""Uses are saved at most this often, so a page may lock earlier by this much."""


class People(BaseUserManager["Person"]):
    def get_by_natural_key(self, username: str | None) -> "Person":
        return self.get(folded_nickname=fold_nickname(username or ""))

    def create_person(self, nickname: str, sign_in_key: str, **fields: Any) -> "Person":
        person = self.model(nickname=nickname, **fields)
        person.set_sign_in_key(sign_in_key)
        # Never an update, because the browser chooses the id and could name another person's.
        person.save(force_insert=True)
        return person


class Person(AbstractBaseUser, PermissionsMixin):
    """`password` holds a verifier of the sign-in key. The password never leaves the browser."""

    id = models.UUIDField(primary_key=True, default=new_id)
    nickname = models.CharField(max_length=40)
    folded_nickname = models.CharField(max_length=FOLDED_MAX, unique=True)
    role = models.CharField(max_length=20, choices=Role.choices, default=Role.CLIENT)
    language = models.CharField(max_length=12, default="de")
    email = models.EmailField(blank=True)
    is_active = models.BooleanField(default=True)
    is_demo = models.BooleanField(default=False)
    joined_on = models.DateField(auto_now_add=True)

    # The time of a person's last sign-in is private (mission 34).
    last_login = None

    USERNAME_FIELD = "folded_nickname"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects = People()

    class Meta:
        verbose_name_plural = "people"

    def __str__(self) -> str:
        return self.nickname

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.folded_nickname = fold_nickname(self.nickname)
        super().save(*args, **kwargs)
        # A new password or a revocation ends open streams at once.
        recheck(self.pk)

    def set_sign_in_key(self, sign_in_key: str) -> None:
        self.password = verifier_of(self.pk, sign_in_key)

    def is_sign_in_key(self, sign_in_key: str) -> bool:
        return is_verified(self.pk, sign_in_key, self.password)

    def may(self, permission: str) -> bool:
        return self.is_active and may(self.role, permission)

    def get_full_name(self) -> str:
        return self.nickname

    def get_short_name(self) -> str:
        return self.nickname


def _session_end() -> datetime:
    return timezone.now() + SESSION_AGE


class Session(models.Model):
    """A browser's session. The cookie names it but does not unlock it.

    `id` may be shown to the person. `key` is the digest of the cookie's value. `data` belongs to
    Django, for the office.
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    key = models.CharField(max_length=64, unique=True)
    person = models.ForeignKey(Person, models.CASCADE, null=True, related_name="sessions")
    device = models.CharField(max_length=40, blank=True)
    made_on = models.DateField(default=timezone.localdate)
    ends_at = models.DateTimeField(default=_session_end, db_index=True)
    is_kept = models.BooleanField(default=False)
    data = models.TextField(blank=True)

    @classmethod
    def behind(cls, cookie: str) -> "Session | None":
        found = cls.objects.select_related("person").filter(ends_at__gt=timezone.now())
        return found.filter(key=digest_of(cookie)).first()

    @property
    def is_somebodys(self) -> bool:
        return self.person is not None and self.person.is_active

    def unlock(self) -> str:
        """A new secret for one page. If there are too many, the least recently used one ends."""
        secret = to_text(secrets.token_bytes(32))
        self.unlocks.create(digest=digest_of(secret))
        newest = self.unlocks.order_by("-used_at").values_list("pk", flat=True)[:MAX_UNLOCKS]
        if self.unlocks.exclude(pk__in=list(newest)).delete()[0] and self.person_id:
            recheck(self.person_id)
        return secret

    def unlocked_by(self, secret: str) -> "Unlock | None":
        found = self.unlocks.filter(digest=digest_of(secret)).first() if secret else None
        # A kept session has no idle limit: its secret is sealed on the device to outlast one.
        return found if found and (self.is_kept or not found.is_idle) else None

    def unlocked_for_office(self) -> "Unlock | None":
        """The office's pages hold no secret, so a recent use of another page's unlock counts."""
        if self.person is None or not self.person.may("office"):
            return None
        found = self.unlocks.order_by("-used_at").first()
        return found if found and not found.is_idle else None


class Unlock(models.Model):
    """One page has unlocked the session. `digest` is of the secret in the page's memory."""

    session = models.ForeignKey(Session, models.CASCADE, related_name="unlocks")
    digest = models.CharField(max_length=64, unique=True)
    used_at = models.DateTimeField(default=timezone.now)

    @property
    def is_idle(self) -> bool:
        return timezone.now() - self.used_at > IDLE_LIMIT

    def note_use(self) -> None:
        """Saves at most one use in NOTE_INTERVAL: otherwise each request would cost a write."""
        now = timezone.now()
        if now - self.used_at < NOTE_INTERVAL:
            return
        # A full disk must not keep people from reading.
        with suppress(DatabaseError):
            Unlock.objects.filter(pk=self.pk).update(used_at=now)
            self.used_at = now


class KnownDevice(models.Model):
    """A device on which the person has signed in. `digest` is of person and token."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="known_devices")
    digest = models.CharField(max_length=64, unique=True)
    made_on = models.DateField(auto_now_add=True, db_index=True)
