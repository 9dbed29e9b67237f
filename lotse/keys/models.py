"""Keys as the server may hold them, public or wrapped. docs/keys.md has the formats.

Groups (centres) and conversations are bare ids, because higher rooms have their tables.
"""

from django.conf import settings
from django.db import models


class AccountKeys(models.Model):
    """One person's keys. `wrapped_by_password` is sealed a second time, with the pepper."""

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True, related_name="keys"
    )
    salt = models.BinaryField()
    memory_kib = models.PositiveIntegerField()
    passes = models.PositiveSmallIntegerField()
    wrapped_by_password = models.BinaryField()
    wrapped_by_recovery = models.BinaryField()
    recovery_verifier = models.CharField(max_length=64)
    private_keys = models.BinaryField()
    identity_public = models.BinaryField()
    box_public = models.BinaryField()
    box_signature = models.BinaryField()
    box_key_id = models.BinaryField()
    generation = models.PositiveSmallIntegerField(default=1)


class GroupEpoch(models.Model):
    """One box key pair of a centre. The wraps hold its seed."""

    group = models.UUIDField()
    number = models.PositiveIntegerField()
    key_id = models.BinaryField()
    box_public = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["group", "number"], name="group_epoch_once")]


class GroupWrap(models.Model):
    """An epoch's seed, sealed to one member's box."""

    epoch = models.ForeignKey(GroupEpoch, models.CASCADE, related_name="wraps")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="group_wraps")
    wrapped = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["epoch", "person"], name="group_wrap_once")]


class Manifest(models.Model):
    """A group's members, signed and hash-chained. `body` is canonical JSON, byte for byte."""

    group = models.UUIDField()
    number = models.PositiveIntegerField()
    body = models.BinaryField()
    signer = models.UUIDField()
    signature = models.BinaryField()
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["group", "number"], name="manifest_once")]


class ConversationWrap(models.Model):
    """A conversation key of one epoch, sealed to a person's or a group's box."""

    conversation = models.UUIDField()
    epoch = models.PositiveIntegerField()
    key_id = models.BinaryField()
    recipient = models.UUIDField()
    recipient_epoch = models.PositiveIntegerField(default=1)
    wrapped = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["conversation", "epoch", "recipient", "recipient_epoch"],
                name="conversation_wrap_once",
            )
        ]
