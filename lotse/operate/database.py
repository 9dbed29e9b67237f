"""The whole database as one file, by SQLite's online backup or PostgreSQL's dump."""

import os
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

from django.db import connection


def dump(path: Path) -> None:
    """Copies the database as of one moment, while others write."""
    if connection.vendor == "postgresql":
        _postgres("pg_dump", "--format=custom", "--no-owner", "--file", str(path))
        return
    with closing(sqlite3.connect(_file())) as source, closing(sqlite3.connect(path)) as copy:
        source.backup(copy)


def load(path: Path) -> None:
    """Loads the file into an empty database."""
    if connection.vendor == "postgresql":
        name = connection.settings_dict["NAME"]
        options = ("--no-owner", "--exit-on-error", "--single-transaction", "--dbname", name)
        _postgres("pg_restore", *options, str(path))
        return
    connection.close()
    with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(_file())) as copy:
        source.backup(copy)


def is_used() -> bool:
    return bool(connection.introspection.table_names())


def _file() -> str:
    return str(connection.settings_dict["NAME"])


def _postgres(program: str, *options: str) -> None:
    """Passes the password in the environment, because process lists show arguments."""
    known = connection.settings_dict
    names = {"HOST": "PGHOST", "PORT": "PGPORT", "USER": "PGUSER", "PASSWORD": "PGPASSWORD"}
    there = {variable: str(known[name]) for name, variable in names.items() if known.get(name)}
    environment = os.environ | there | {"PGDATABASE": str(known["NAME"])}
    subprocess.run([program, *options], env=environment, check=True)  # noqa: S603
