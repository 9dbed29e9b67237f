"""browser/shared/limits.ts says the same as lotse/core/limits.py."""

import re

from lotse.core import limits
from tests.support.server import ROOT

ONLY_HERE = {"NICKNAME_UNITS", "PASSWORD_MIN", "TEXT_MAX"}


def test_limits_are_mirrored() -> None:
    source = (ROOT / "browser/shared/limits.ts").read_text(encoding="utf-8")
    told: dict[str, float] = {}
    for name, formula in re.findall(r"export const (\w+) = ([\w */]+)", source):
        told[name] = value(formula.split(), told)
    assert told.keys() >= ONLY_HERE
    for name in told.keys() - ONLY_HERE:
        assert told[name] == getattr(limits, name), name


def value(formula: list[str], told: dict[str, float]) -> float:
    """Of numbers and names with * and / between them."""

    def one(word: str) -> float:
        return told[word] if word in told else float(word.replace("_", ""))

    result = one(formula[0])
    for sign, word in zip(formula[1::2], formula[2::2], strict=True):
        result = result * one(word) if sign == "*" else result / one(word)
    return result
