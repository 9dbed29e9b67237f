"""python -m bench.live.world PAIRS IDLE FILE: makes people with real sessions and real cases.

Writes them straight into the environment's database. FILE gets their sessions for load clients.
"""

import json
import os
import sys
from pathlib import Path
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lotse.settings")
django.setup()

from django.db import transaction  # noqa: E402

from lotse.accounts.models import Person  # noqa: E402
from lotse.conversations.actions.cases import take  # noqa: E402
from lotse.conversations.actions.messages import post  # noqa: E402
from lotse.stream.queries import cursor  # noqa: E402
from tests.conversations.world import (  # noqa: E402
    make_centre,
    make_counsellor,
    make_person,
    new_message,
    opened,
)
from tests.support.visitor import lines, unlocked  # noqa: E402


def main(pairs: int, idle: int, path: Path) -> None:
    with transaction.atomic():
        made = [_pair(make_centre()) for _ in range(pairs)]
        waiting = [_session(make_person()) for _ in range(idle)]
    path.write_text(json.dumps({"pairs": made, "idle": waiting}))


def _pair(centre: Any) -> dict[str, Any]:
    """A client who has asked again after an answer, and the counsellor who has the case."""
    counsellor = make_counsellor(centre)
    case = opened(make_person(), centre)
    take(counsellor.person, case.pk)
    post(counsellor.person, case.pk, new_message())
    post(case.client, case.pk, new_message())
    return {
        "conversation": str(case.pk),
        "sender": _session(case.client),
        "reader": _session(counsellor.person),
        "cursor": cursor(counsellor.person_id),
    }


def _session(person: Person) -> str:
    return lines(unlocked(person))


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3]))
