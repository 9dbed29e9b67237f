"""What is wrong with a file, and where."""

from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Trouble:
    """`row` is 1 for the header; 0 means the file as a whole."""

    row: int
    column: str
    message: str

    def __str__(self) -> str:
        places = [f"row {self.row}" if self.row else "", f"column {self.column}"]
        place = ", ".join(part for part in (places if self.column else places[:1]) if part)
        return f"{place}: {self.message}" if place else self.message


class Refused(Exception):
    def __init__(self, troubles: list[Trouble]) -> None:
        super().__init__(f"{len(troubles)} problems")
        self.troubles = sorted(troubles)


def refuse(message: str, row: int = 0, column: str = "") -> Refused:
    return Refused([Trouble(row, column, message)])
