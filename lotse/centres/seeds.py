"""Languages and topics of a new installation. The office may change or remove all of them."""

from typing import Any

from django.apps import apps as all_apps

LANGUAGES = (
    *("am", "ar", "bg", "bs", "ckb", "de", "el", "en", "es", "fa", "fr", "hr", "hu", "it", "ku"),
    *("pl", "ps", "pt", "ro", "ru", "so", "sq", "sr", "ti", "tr", "uk", "ur", "vi", "zh"),
)

TOPICS: dict[str, dict[str, str]] = {
    "work": {
        "de": "Arbeit und Beruf",
        "en": "Work and profession",
        "ar": "العمل والمهنة",
        "ru": "Работа и профессия",
        "uk": "Робота і професія",
        "tr": "İş ve meslek",
    },
    "recognition": {
        "de": "Anerkennung von Abschlüssen",
        "en": "Recognition of qualifications",
        "ar": "الاعتراف بالشهادات والمؤهلات",
        "ru": "Признание дипломов и квалификаций",
        "uk": "Визнання дипломів і кваліфікацій",
        "tr": "Diploma ve mesleki denklik",
    },
    "residence": {
        "de": "Aufenthalt",
        "en": "Residence",
        "ar": "الإقامة",
        "ru": "Вид на жительство",
        "uk": "Дозвіл на проживання",
        "tr": "Oturum",
    },
    "german": {
        "de": "Deutsch lernen",
        "en": "Learning German",
        "ar": "تعلُّم الألمانية",
        "ru": "Изучение немецкого языка",
        "uk": "Вивчення німецької мови",
        "tr": "Almanca öğrenmek",
    },
    "housing": {
        "de": "Wohnen",
        "en": "Housing",
        "ar": "السكن",
        "ru": "Жильё",
        "uk": "Житло",
        "tr": "Konut",
    },
    "family": {
        "de": "Familie",
        "en": "Family",
        "ar": "الأسرة",
        "ru": "Семья",
        "uk": "Сім’я",
        "tr": "Aile",
    },
    "health": {
        "de": "Gesundheit",
        "en": "Health",
        "ar": "الصحة",
        "ru": "Здоровье",
        "uk": "Здоров’я",
        "tr": "Sağlık",
    },
    "other": {
        "de": "Etwas anderes",
        "en": "Something else",
        "ar": "موضوع آخر",
        "ru": "Другое",
        "uk": "Інше",
        "tr": "Başka bir konu",
    },
}


def ensure_languages_and_topics(
    using: str = "default", apps: Any = all_apps, **signal: Any
) -> None:
    """Runs after migrations and fills empty tables only: what the office removed stays removed."""
    try:
        language, topic = apps.get_model("centres", "Language"), apps.get_model("centres", "Topic")
    except LookupError:
        return  # Only some migrations have run; the tables come later.
    if not language.objects.using(using).exists():
        language.objects.using(using).bulk_create(language(code=code) for code in LANGUAGES)
    if not topic.objects.using(using).exists():
        topic.objects.using(using).bulk_create(
            topic(slug=slug, names=names, order=10 * order)
            for order, (slug, names) in enumerate(TOPICS.items(), start=1)
        )
