"""A small town to ask in."""

from datetime import timedelta

from lotse.centres.models import Centre, Language
from tests.centres.staff import make_absence, make_centre, make_counsellor, today

LANGUAGES = "de en ar fa ru uk tr ti fr es it pt pl hu ro"


def stock() -> None:
    berlin = make_centre(
        "Haus Berlin", address="Musterweg 1", postcode="10115", place="Berlin", state="BE",
        latitude=52.532, longitude=13.385,
    )  # fmt: skip
    kiel = make_centre("Haus Kiel", postcode="24103", place="Kiel", phone="0431 000000")
    kiel.languages.add(Language.objects.get(code="so"))
    make_counsellor("Amira", berlin, LANGUAGES, "work recognition", gender="female", about=ABOUT)
    make_counsellor("Yusuf", berlin, "ar de", "housing", gender="male")
    away = make_counsellor("Selam", kiel, "ar ti de", "work", gender="female")
    make_absence(away, today() - timedelta(1), today() + timedelta(9))
    closed = make_centre("Haus Zu", is_open=False)
    Centre.objects.filter(pk=closed.pk).update(place="Bremen", postcode="28195")


ABOUT = "Ich berate seit vielen Jahren. أهلاً وسهلاً بكم. " * 12
