"""Routes of the desk."""

from django.http import HttpRequest
from ninja import Router

from lotse.accounts.auth import signed_in
from lotse.centres.models import Language, Topic
from lotse.desk.schemas import Choices, LanguageChoice, TopicChoice

router = Router(tags=["desk"], auth=signed_in)
router.add_router("", "lotse.desk.cases_api.router")
router.add_router("", "lotse.desk.own_api.router")
router.add_router("", "lotse.desk.invitations_api.router")


@router.get("/choices", response=Choices)
def choices(request: HttpRequest) -> Choices:
    """What a profile can name, in the language of the interface."""
    return Choices(
        languages=[
            LanguageChoice(code=language.code, name=language.local_name)
            for language in Language.objects.all()
        ],
        topics=[TopicChoice(slug=topic.slug, name=str(topic)) for topic in Topic.objects.all()],
    )
