"""Mailboxes and their events: what a browser has to be told, in order, once."""

from django.db import models


class Mailbox(models.Model):
    """One per person. `last` is the number of the newest event, assigned under this row's lock.

    Numbers grow with gaps, because an event has the same number in every mailbox.
    """

    # A short key, because the index of all events contains it.
    id = models.BigAutoField(primary_key=True)
    person = models.UUIDField(unique=True)
    last = models.PositiveBigIntegerField(default=0)
    pruned_to = models.PositiveBigIntegerField(default=0)


class Event(models.Model):
    """`payload` holds ids, numbers and ciphertext only."""

    # No id and no second index: each would be one more page to write for each message.
    pk = models.CompositePrimaryKey("mailbox_id", "number")
    mailbox = models.ForeignKey(
        Mailbox, on_delete=models.CASCADE, related_name="events", db_index=False
    )
    number = models.PositiveBigIntegerField()
    kind = models.CharField(max_length=30)
    payload = models.JSONField()
    made_at = models.DateTimeField(auto_now_add=True)
