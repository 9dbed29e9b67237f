"""What documents promise can be looked up: settings in the code, and tests by their names."""

import ast
import re
from collections.abc import Iterator

import pytest

from tests.support.server import ROOT

OPERATE = (ROOT / "docs/operate.md").read_text(encoding="utf-8")
THREATS = (ROOT / "docs/threat-model.md").read_text(encoding="utf-8")
WORDS = {True: "yes", False: "off", "": "none"}
"""How the table of settings writes these defaults."""


def rows(text: str) -> Iterator[list[str]]:
    """The cells of each row of all tables, without their heads."""
    for table in re.findall(r"^\|---.*\n((?:\|.*\n)+)", text, re.MULTILINE):
        for line in table.splitlines():
            yield [cell.strip() for cell in line.strip("|").split("|")]


def settings() -> dict[str, object]:
    """Each setting of lotse/env.py with its default; None if the default is computed."""
    found: dict[str, object] = {}
    for call in ast.walk(ast.parse((ROOT / "lotse/env.py").read_text(encoding="utf-8"))):
        match call:
            case ast.Call(
                func=ast.Attribute(value=ast.Name(id="_env")), args=[ast.Constant(name), default]
            ):
                found[str(name)] = default.value if isinstance(default, ast.Constant) else None
    return found


def documented() -> dict[str, str]:
    """Each setting of docs/operate.md with the cell of its default."""
    table = OPERATE.partition("\n## Settings\n")[2].partition("\n## ")[0]
    return {
        name: default for first, _, default in rows(table) for name in re.findall(r"\w+", first)
    }


def test_every_setting_is_documented_and_every_documented_setting_exists() -> None:
    assert settings().keys() == documented().keys()
    assert set(re.findall(r"LOTSE_[A-Z0-9_]*[A-Z0-9]", OPERATE)) <= settings().keys()


@pytest.mark.parametrize("name", sorted(settings()))
def test_its_default_is_the_documented_one(name: str) -> None:
    default = settings()[name]
    if default is not None:
        word = WORDS[default] if isinstance(default, bool | str) and default in WORDS else default
        assert str(word) in documented()[name]


def test_every_threat_names_tests_that_exist() -> None:
    lines = list(rows(THREATS))
    assert len(lines) > 40
    for who, *_, shown in lines:
        named = re.findall(r"`(\w[\w/]*\.py)(?:::(\w+))?`", shown)
        assert named or "no test" in shown, who
        for path, test in named:
            source = (ROOT / "tests" / path).read_text(encoding="utf-8")
            assert f"def {test or 'test'}{'(' if test else '_'}" in source, (path, test)
