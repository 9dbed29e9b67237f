"""Schemas of request bodies, which have exactly the expected fields."""

import unicodedata
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict
from pydantic_core import PydanticCustomError


class Strict(BaseModel):
    """The base class of every request body."""

    model_config = ConfigDict(extra="forbid")


def _one_line(value: str) -> str:
    # PostgreSQL refuses the character zero, and no control character belongs in a name.
    if any(unicodedata.category(letter) == "Cc" for letter in value):
        raise PydanticCustomError("control-character", "holds a control character")
    return " ".join(unicodedata.normalize("NFC", value).split())


Line = Annotated[str, AfterValidator(_one_line)]
"""A name or another short text, composed (NFC) and with single spaces."""
