"""The office's lists and forms."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import BooleanColumn, Column, DateColumn
from wagtail.admin.viewsets.model import ModelViewSet, ModelViewSetGroup

from lotse.centres.models import Centre, Counsellor, Invitation, Language, Organisation, Topic
from lotse.office import views
from lotse.office.forms.centre import CentreForm
from lotse.office.forms.colleague import ColleagueForm
from lotse.office.forms.counsellor import CounsellorForm
from lotse.office.forms.invitation import ROLES, InvitationForm
from lotse.office.forms.language import LanguageForm
from lotse.office.forms.organisation import OrganisationForm
from lotse.office.forms.topic import TopicForm
from lotse.office.models import Colleague


class Records(ModelViewSet):
    """Keeps these out of Wagtail's index of references, which would be updated with every save."""

    add_to_reference_index = False
    copy_view_enabled = False
    delete_view_class = views.Delete
    form_class: type
    list_per_page = 50

    def get_form_class(self, for_update: bool = False) -> type:
        return self.form_class

    def get_common_view_kwargs(self, **kwargs: object) -> dict[str, object]:
        common: dict[str, object] = super().get_common_view_kwargs(**kwargs)
        return common | {"usage_url_name": None}


class Organisations(Records):
    model = Organisation
    name = "organisations"
    icon = "home"
    form_class = OrganisationForm
    list_display = ("name", "website")
    search_fields = ("name",)


class Centres(Records):
    model = Centre
    name = "centres"
    icon = "site"
    form_class = CentreForm
    list_display = (
        "name",
        "organisation",
        "postcode",
        "place",
        BooleanColumn("is_open", label=_("takes questions"), sort_key="is_open"),
    )
    list_filter = ("organisation", "state", "is_open", "languages", "topics")
    search_fields = ("name", "organisation__name", "postcode", "place")


class Counsellors(Records):
    model = Counsellor
    name = "counsellors"
    icon = "group"
    form_class = CounsellorForm
    list_display = (
        "name",
        "centre",
        BooleanColumn("takes_new", label=_("takes new cases"), sort_key="takes_new"),
        BooleanColumn("person.is_active", label=_("may sign in")),
    )
    list_filter = ("centre__organisation", "languages", "topics", "takes_new")
    search_fields = ("name", "centre__name", "centre__place")


class Colleagues(Records):
    model = Colleague
    name = "colleagues"
    icon = "user"
    form_class = ColleagueForm
    list_display = (
        Column("nickname", label=_("nickname")),
        Column("role", label=_("role"), accessor=lambda one: ROLES[one.role]),
        Column("organisation", label=_("organisation")),
        BooleanColumn("is_active", label=_("may sign in")),
    )
    search_fields = ("nickname",)


class Topics(Records):
    model = Topic
    name = "topics"
    icon = "tag"
    form_class = TopicForm
    list_display = (Column("__str__", label=_("name")), "slug", "order")
    search_fields = ("slug", "names")


class Languages(Records):
    model = Language
    name = "languages"
    icon = "globe"
    form_class = LanguageForm
    list_display = ("code", Column("local_name", label=_("name")), Column("own_name", label=""))
    search_fields = ("code",)


class Invitations(Records):
    model = Invitation
    name = "invitations"
    icon = "mail"
    form_class = InvitationForm
    add_view_class = views.Invite
    list_display = (
        Column("role", label=_("role"), accessor=lambda one: ROLES[one.role]),
        "centre",
        "organisation",
        "note",
        "made_by",
        # DateColumn would say "just now" of every day to come.
        Column("expires_at", label=_("expires"), sort_key="expires_at"),
        DateColumn("used_at", label=_("used"), sort_key="used_at"),
    )
    list_filter = ("role", "organisation")
    search_fields = ("note", "centre__name", "organisation__name")


class Counselling(ModelViewSetGroup):
    menu_label = _("Counselling")
    menu_icon = "group"
    menu_order = 100
    items = (Organisations, Centres, Counsellors, Colleagues, Topics, Languages, Invitations)
