"""`lotse COMMAND` runs Django's commands and ours, which may be typed with dashes."""

import os
import sys

from django.core.management import execute_from_command_line

from lotse.demo import environment


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lotse.settings")
    name, *rest = sys.argv[1:] or ["help"]
    if name == "demo":
        environment.prepare()
    make_data_folder()
    execute_from_command_line(["lotse", name.replace("-", "_"), *rest])


def make_data_folder() -> None:
    # Imported only now, because the demo may have just set its own folder.
    from lotse import env  # noqa: PLC0415

    # Other users of the machine must not read the data.
    env.DATA.mkdir(mode=0o700, parents=True, exist_ok=True)


if __name__ == "__main__":
    main()
