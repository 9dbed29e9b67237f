"""Mailboxes and their events: what a browser has to be told, in order, once."""

from django.db import models


class Mailbox(models.Model):
    """One per person. `last` is the number of its newest event, given under this row's lock."""

    id = models.UUIDField(primary_key=True)
    last = models.PositiveBigIntegerField(default=0)
    pruned_to = models.PositiveBigIntegerField(default=0)


class Event(models.Model):
    """`payload` holds ids, numbers and ciphertext only."""

    mailbox = models.ForeignKey(Mailbox, on_delete=models.CASCADE, related_name="events")
    number = models.PositiveBigIntegerField()
    kind = models.CharField(max_length=30)
    payload = models.JSONField()
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["mailbox", "number"], name="event_once_per_number")
        ]
