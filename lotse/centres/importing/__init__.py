"""Imports centres from a CSV file: all rows or none."""

from pathlib import Path

from lotse.centres.importing.problems import Refused
from lotse.centres.importing.rows import read_rows
from lotse.centres.importing.table import read_table
from lotse.centres.importing.write import Summary, write

__all__ = ["Refused", "Summary", "import_file"]


def import_file(path: Path, dry_run: bool = False) -> Summary:
    """Creates and updates centres. Raises Refused, which lists every problem of the file."""
    table = read_table(path.read_bytes())
    return write(read_rows(table), table, dry_run)
