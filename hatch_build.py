"""Builds the browser files into the wheel, so that `pip install lotse` needs no Node."""

import subprocess
import sys
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class Assets(BuildHookInterface[Any]):
    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if version == "editable":
            return
        for command in (
            ["scripts.npm", "install", "--no-save", "--ignore-scripts"],
            ["scripts.assets"],
        ):
            subprocess.run([sys.executable, "-m", *command], check=True, cwd=self.root)  # noqa: S603
