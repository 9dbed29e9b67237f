"""The routes of the desk."""

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language, override
from ninja import Router

from lotse.accounts.auth import signed_in
from lotse.centres.models import Language, Topic
from lotse.desk.schemas import Choices, LanguageChoice, TopicChoice

router = Router(tags=["desk"], auth=signed_in)
router.add_router("", "lotse.desk.cases_api.router")
router.add_router("", "lotse.desk.own_api.router")
router.add_router("", "lotse.desk.invitations_api.router")


@router.get("/choices", response=Choices)
def choices(request: HttpRequest, language: str = "") -> Choices:
    """Choices for a profile, in `language`, because a page may not be in the cookie's language."""
    known = language if language in dict(settings.LANGUAGES) else get_language()
    with override(known):
        return Choices(
            languages=[
                LanguageChoice(code=one.code, name=one.local_name) for one in Language.objects.all()
            ],
            topics=[TopicChoice(slug=topic.slug, name=str(topic)) for topic in Topic.objects.all()],
        )
