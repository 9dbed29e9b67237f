"""People who sign in: clients and staff."""

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models

from lotse.accounts.nicknames import FOLDED_MAX, fold_nickname
from lotse.accounts.roles import Role, may
from lotse.accounts.verifier import is_verified, verifier_of
from lotse.core.identifiers import new_id
from lotse.stream.actions import recheck


class People(BaseUserManager["Person"]):
    def get_by_natural_key(self, username: str | None) -> "Person":
        return self.get(folded_nickname=fold_nickname(username or ""))

    def create_person(self, nickname: str, sign_in_key: str, **fields: Any) -> "Person":
        person = self.model(nickname=nickname, **fields)
        person.set_sign_in_key(sign_in_key)
        # Never an update: the browser chooses the id, and it might be somebody else's.
        person.save(force_insert=True)
        return person


class Person(AbstractBaseUser, PermissionsMixin):
    """`password` holds a verifier of the sign-in key; the password never leaves the browser."""

    id = models.UUIDField(primary_key=True, default=new_id)
    nickname = models.CharField(max_length=40)
    folded_nickname = models.CharField(max_length=FOLDED_MAX, unique=True)
    role = models.CharField(max_length=20, choices=Role.choices, default=Role.CLIENT)
    language = models.CharField(max_length=12, default="de")
    email = models.EmailField(blank=True)
    is_active = models.BooleanField(default=True)
    is_demo = models.BooleanField(default=False)
    joined_on = models.DateField(auto_now_add=True)

    # The day and hour of a sign-in is nobody's business (mission 34).
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
        # A new password or a revocation ends what stays open at once.
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


class KnownDevice(models.Model):
    """On it the person has signed in before (known_devices.py). `digest` is of person and token."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="known_devices")
    digest = models.CharField(max_length=64, unique=True)
    made_on = models.DateField(auto_now_add=True, db_index=True)
