"""Runs a command with LOTSE_DATABASE set to a PostgreSQL that ends with the command."""

import os
import subprocess
import sys

from tests.support.postgres import Postgres


def main() -> int:
    cluster = Postgres().start()
    try:
        environment = os.environ | {"LOTSE_DATABASE": cluster.create("lotse")}
        return subprocess.run(sys.argv[1:], env=environment, check=False).returncode
    finally:
        cluster.remove()


if __name__ == "__main__":
    sys.exit(main())
