"""Writes browser/sign-in/common-passwords.txt: passwords that guessers try first, in normal form.

The list is Django's (20,000 passwords from leaks, BSD licence), so run this after an update of
Django. We add a few of German, Arabic, Persian and Russian keyboards that Django's list lacks, and
leave out passwords that are too short to be allowed.
"""

import re
from pathlib import Path

from django.contrib.auth.password_validation import CommonPasswordValidator

from lotse.core.normal_form import normal_form

TARGET = Path("browser/sign-in/common-passwords.txt")
LIMITS = Path("browser/shared/limits.ts")
OURS = """
passwort12 passwort123 passwort1234 passwort12345 meinpasswort meinpasswort1 geheim1234 geheim12345
hallo12345 hallo123456 qwertz1234 qwertz12345 qwertz123456 qwertzuiopü asdfghjklö yxcvbnm123
deutschland1 deutschland123 sommer2024 sommer2025 sommer2026 winter2024 winter2025 winter2026
йцукенгшщз йцукенгшщзх йцукенгшщзхъ йцукен1234 йцукен12345 йцукен123456 фывапролдж фывапролджэ
пароль1234 пароль12345 пароль123456 привет1234 привет12345 любовь1234 любовь12345 наташа1234
ضصثقفغعهخح ضصثقفغعهخحج ضصثقفغعهخحجد شسيبلاتنمك شسیبلاتنمک ضصثقفغعهخحجچ شسيبلاتنمكط
محمد123456 محمد1234567 احمد123456 احمد1234567 كلمةالسر1 كلمةالسر123 كلمةالمرور الله123456
رمزعبور123 سلام123456 عشق1234567 حبيبي1234 حبيبي12345 سوريا12345 سوريا123456 ايران123456
"""


def common_passwords() -> list[str]:
    least = int(re.findall(r"PASSWORD_MIN = (\d+)", LIMITS.read_text())[0])
    listed = CommonPasswordValidator().passwords
    found = {normal_form(one).lower() for one in [*listed, *OURS.split()]}
    return sorted(one for one in found if len(one) >= least)


if __name__ == "__main__":
    TARGET.write_text("\n".join(common_passwords()) + "\n", encoding="utf-8")
