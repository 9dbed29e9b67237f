"""Numbers for people in danger. Hours and languages are as the helplines publish them."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


@dataclass(frozen=True)
class Number:
    number: str
    name: "str | _StrPromise"
    about: "str | _StrPromise"

    @property
    def dial(self) -> str:
        return "".join(self.number.split())


NOW = (
    Number("112", _("Ambulance and fire brigade"), _("Day and night. Free. All over the EU.")),
    Number("110", _("Police"), _("Day and night. Free.")),
)
TALK = (
    Number(
        "116 016",
        _("Violence against women helpline"),
        _("Day and night. Free and anonymous. In 18 languages, with interpreters."),
    ),
    Number(
        "0800 1110111",
        "TelefonSeelsorge",
        _("When everything is too much. Day and night. Free and anonymous. In German."),
    ),
    Number("0800 1110222", "TelefonSeelsorge", _("A second number for the same help.")),
    Number("116 123", "TelefonSeelsorge", _("The short number for the same help.")),
    Number(
        "116 111",
        _("Helpline for children and young people"),
        _("Monday to Saturday, 14:00 to 20:00. Free and anonymous. In German."),
    ),
    Number(
        "030 443509821",
        "MuTeS",
        _("Muslim telephone counselling. Day and night. In German, at times in other languages."),
    ),
)
