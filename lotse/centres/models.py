"""Organisations, centres, counsellors and what they offer."""

from django.conf import settings
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from lotse.core import languages
from lotse.core.identifiers import new_id


class Language(models.Model):
    """A language in which somebody counsels, by BCP 47 code."""

    code = models.CharField(_("code"), max_length=12, primary_key=True)

    class Meta:
        ordering = ["code"]
        verbose_name = _("language")
        verbose_name_plural = _("languages")

    def __str__(self) -> str:
        return self.own_name

    @property
    def own_name(self) -> str:
        return languages.own_name(self.code)

    @property
    def local_name(self) -> str:
        return languages.name(self.code, get_language() or "de")


class Topic(models.Model):
    """`names` maps interface language to name, such as {"de": "Wohnen"}; German is required."""

    slug = models.SlugField(max_length=40, primary_key=True)
    names = models.JSONField(_("names"), default=dict)
    order = models.PositiveSmallIntegerField(_("order"), default=100)

    class Meta:
        ordering = ["order", "slug"]
        verbose_name = _("topic")
        verbose_name_plural = _("topics")

    def __str__(self) -> str:
        names: dict[str, str] = self.names
        return names.get(get_language() or "de") or names.get("de") or self.slug


class Organisation(models.Model):
    """The controller (GDPR) of the counselling data of its centres."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    name = models.CharField(_("name"), max_length=200, unique=True)
    website = models.URLField(_("website"), blank=True)
    is_demo = models.BooleanField(default=False, editable=False)

    class Meta:
        ordering = ["name"]
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")

    def __str__(self) -> str:
        return self.name


class Centre(models.Model):
    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="centres", verbose_name=_("organisation")
    )
    name = models.CharField(_("name"), max_length=200)
    slug = models.SlugField(_("address of its own page"), max_length=80, unique=True)
    address = models.CharField(_("street and number"), max_length=200, blank=True)
    postcode = models.CharField(_("postcode"), max_length=5, blank=True)
    place = models.CharField(_("place"), max_length=120, blank=True)
    state = models.CharField(_("Land"), max_length=2, blank=True, help_text="ISO 3166-2:DE")
    latitude = models.FloatField(_("latitude"), null=True, blank=True)
    longitude = models.FloatField(_("longitude"), null=True, blank=True)
    phone = models.CharField(_("telephone"), max_length=40, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    languages = models.ManyToManyField(
        Language, related_name="centres", blank=True, verbose_name=_("languages")
    )
    topics = models.ManyToManyField(
        Topic, related_name="centres", blank=True, verbose_name=_("topics")
    )
    answer_days = models.PositiveSmallIntegerField(_("answers within working days"), default=2)
    is_open = models.BooleanField(_("takes questions"), default=True)

    class Meta:
        ordering = ["name"]
        verbose_name = _("centre")
        verbose_name_plural = _("centres")
        constraints = [
            models.UniqueConstraint(fields=["organisation", "name", "postcode"], name="centre_once")
        ]

    def __str__(self) -> str:
        return self.name


class Gender(models.TextChoices):
    UNSAID = "", _("not said")
    FEMALE = "female", _("female")
    MALE = "male", _("male")
    OTHER = "other", _("other")


def office_hours() -> dict[str, list[list[str]]]:
    """Monday to Friday, nine to five; keys are ISO weekdays, values spans of local time."""
    return {str(day): [["09:00", "17:00"]] for day in range(1, 6)}


class Counsellor(models.Model):
    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="counsellor"
    )
    centre = models.ForeignKey(
        Centre, models.PROTECT, related_name="counsellors", verbose_name=_("centre")
    )
    name = models.CharField(_("name shown to clients"), max_length=80)
    slug = models.SlugField(_("address of the own page"), max_length=80, unique=True)
    languages = models.ManyToManyField(
        Language, related_name="counsellors", verbose_name=_("languages")
    )
    topics = models.ManyToManyField(
        Topic, related_name="counsellors", blank=True, verbose_name=_("topics")
    )
    gender = models.CharField(_("gender"), max_length=10, choices=Gender, blank=True)
    about = models.TextField(_("about me"), max_length=1000, blank=True)
    hours = models.JSONField(_("working hours"), default=office_hours)
    capacity = models.PositiveSmallIntegerField(_("cases at once"), default=150)
    takes_new = models.BooleanField(_("takes new cases"), default=True)

    class Meta:
        ordering = ["name"]
        verbose_name = _("counsellor")
        verbose_name_plural = _("counsellors")

    def __str__(self) -> str:
        return self.name


class Absence(models.Model):
    """Away from the first to the last day, both included. The reason is not asked."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    counsellor = models.ForeignKey(Counsellor, models.CASCADE, related_name="absences")
    first_day = models.DateField()
    last_day = models.DateField()

    class Meta:
        ordering = ["first_day"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(last_day__gte=models.F("first_day")), name="absence_forward"
            )
        ]


class Invitation(models.Model):
    """A one-time link for staff; only the token's hash is kept.

    Without a maker it comes from the command line. It ends with its maker.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    token_hash = models.BinaryField(unique=True)
    role = models.CharField(_("role"), max_length=20)
    centre = models.ForeignKey(
        Centre, models.CASCADE, null=True, related_name="invitations", verbose_name=_("centre")
    )
    organisation = models.ForeignKey(
        Organisation,
        models.CASCADE,
        null=True,
        related_name="invitations",
        verbose_name=_("organisation"),
    )
    note = models.CharField(_("note"), max_length=120, blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, verbose_name=_("made by")
    )
    expires_at = models.DateTimeField(_("expires"))
    used_at = models.DateTimeField(_("used"), null=True)

    class Meta:
        ordering = ["-expires_at"]
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")

    def __str__(self) -> str:
        return self.note or self.role


class Coordinator(models.Model):
    """The organisation that a coordinator plans for."""

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="coordinator"
    )
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="coordinators")

    def __str__(self) -> str:
        return str(self.person)
