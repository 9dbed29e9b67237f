"""Cases, their conversations, and what is said in them: ciphertext with numbers."""

from django.conf import settings
from django.db import models

from lotse.centres.models import Centre, Counsellor, Language, Topic
from lotse.core.identifiers import new_id, new_key


class Conversation(models.Model):
    """`last` is the number of the newest message, assigned under this row's lock. `event` is the
    number of the event about that message (0 for the first question, which opens a case).

    `changes` counts the changes of the case and its members (actions/locking.py). Messages refer
    to the short `key`, which keeps their index small: it grows fastest.
    """

    id = models.UUIDField(primary_key=True)
    key = models.BigIntegerField(unique=True, default=new_key, editable=False)
    last = models.PositiveIntegerField(default=0)
    event = models.PositiveBigIntegerField(default=0)
    epoch = models.PositiveIntegerField(default=1)
    changes = models.PositiveIntegerField(default=0)
    made_at = models.DateTimeField(auto_now_add=True)


class Case(models.Model):
    """One client's course of counselling at a centre. It is new as long as nobody has taken it."""

    conversation = models.OneToOneField(
        Conversation, models.CASCADE, primary_key=True, related_name="case"
    )
    centre = models.ForeignKey(Centre, models.PROTECT, related_name="cases")
    counsellor = models.ForeignKey(
        Counsellor, models.SET_NULL, null=True, blank=True, related_name="cases"
    )
    requested = models.ForeignKey(
        Counsellor, models.SET_NULL, null=True, blank=True, related_name="requested_cases"
    )
    client = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="cases")
    language = models.ForeignKey(Language, models.PROTECT)
    topic = models.ForeignKey(Topic, models.PROTECT, null=True)
    place = models.CharField(max_length=120, blank=True)
    waiting_since = models.DateTimeField(null=True)
    answer_by = models.DateTimeField(null=True)
    taken_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [
            models.Index(fields=["centre", "closed_at", "waiting_since"]),
            # Matching counts each counsellor's open cases.
            models.Index(
                fields=["counsellor"],
                condition=models.Q(closed_at=None),
                name="case_open_by_counsellor",
            ),
        ]


class Member(models.Model):
    """A person in a conversation, with the newest messages delivered to them and read by them."""

    conversation = models.ForeignKey(Conversation, models.CASCADE, related_name="members")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="memberships")
    delivered = models.PositiveIntegerField(default=0)
    read = models.PositiveIntegerField(default=0)
    left_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["conversation", "person"], name="member_once")
        ]


class Message(models.Model):
    """`id` is made by the sender's browser, so that a repeated post is the same message.

    An empty `body` with `withdrawn_at` is a withdrawn message. `event` is its place among
    the events of every member (stream/actions.py): no mailbox stores the message again.
    """

    id = models.UUIDField(primary_key=True)
    # The constraint's index is enough. Another one would be one more page for each message.
    conversation = models.ForeignKey(
        Conversation, models.CASCADE, to_field="key", related_name="messages", db_index=False
    )
    number = models.PositiveIntegerField()
    event = models.PositiveBigIntegerField(default=0)
    # A counsellor's messages stay when the counsellor's account is deleted.
    sender = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.DO_NOTHING, db_index=False, db_constraint=False
    )
    epoch = models.PositiveIntegerField()
    body = models.BinaryField()
    sent_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["conversation", "number"], name="message_once_per_number"
            )
        ]


class Blob(models.Model):
    """A sealed file in chunks. The store has the bytes of each chunk under (id, index)."""

    id = models.UUIDField(primary_key=True)
    conversation = models.ForeignKey(Conversation, models.CASCADE, related_name="blobs")
    sender = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE)
    message = models.ForeignKey(Message, models.CASCADE, null=True, related_name="blobs")
    chunks = models.PositiveSmallIntegerField()
    made_at = models.DateTimeField(auto_now_add=True)


class Chunk(models.Model):
    """A chunk that has arrived whole. `digest`, the SHA-256 of its bytes, never changes.

    The row is written before the bytes are kept, so that of two uploads at the same moment one
    wins; only with `is_kept` are the bytes certain to be in the store.
    """

    blob = models.ForeignKey(Blob, models.CASCADE, related_name="parts")
    index = models.PositiveSmallIntegerField()
    size = models.PositiveIntegerField()
    digest = models.BinaryField()
    is_kept = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["blob", "index"], name="chunk_once")]


class Installation(models.Model):
    """One row: the mark that this database has written on its own store of files, and the version
    of Lotse that used it last.
    """

    mark = models.UUIDField(default=new_id)
    version = models.CharField(max_length=40, blank=True)
