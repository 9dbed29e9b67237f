"""`lotse COMMAND`: Django's commands and ours, with dashes as people type them."""

import os
import sys

from django.core.management import execute_from_command_line

from lotse.demo import environment


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lotse.settings")
    name, *rest = sys.argv[1:] or ["help"]
    if name == "demo":
        environment.prepare()
    execute_from_command_line(["lotse", name.replace("-", "_"), *rest])


if __name__ == "__main__":
    main()
