"""Settings from the environment. If one is missing, `lotse serve` reports it, not this module."""

import sys
from pathlib import Path

from environs import Env

_env = Env()

DATA = Path(_env.str("LOTSE_DATA", "data")).absolute()
SECRET = _env.str("LOTSE_SECRET", "")
PEPPER = _env.str("LOTSE_PEPPER", "")
DATABASE = _env.str("LOTSE_DATABASE", f"sqlite:///{DATA / 'lotse.sqlite3'}")
REDIS = _env.str("LOTSE_REDIS", "")
"""Carries notifications between processes and hosts. A single process does not need Redis."""
S3_ENDPOINT = _env.str("LOTSE_S3_ENDPOINT", "").rstrip("/")
"""If any S3 setting is given, sealed files go into a bucket instead of the data folder."""
S3_BUCKET = _env.str("LOTSE_S3_BUCKET", "")
S3_KEY = _env.str("LOTSE_S3_KEY", "")
S3_SECRET = _env.str("LOTSE_S3_SECRET", "")
S3_REGION = _env.str("LOTSE_S3_REGION", "us-east-1")
JOBS = _env.bool("LOTSE_JOBS", True)
"""Whether `lotse serve` runs the jobs, too."""
FAST_PATH = _env.bool("LOTSE_FAST_PATH", True)
"""Whether posts and events may bypass ASGI (core/fast_path.py)."""
ORIGIN = _env.str("LOTSE_ORIGIN", "http://localhost:8000").rstrip("/").lower()
DEBUG = _env.bool("LOTSE_DEBUG", False)
DEMO = _env.bool("LOTSE_DEMO", False)
PROXIES = _env.int("LOTSE_PROXIES", 0)
MAX_CONNECTIONS = _env.int("LOTSE_MAX_CONNECTIONS", 10_000)
"""For each process. Further connections are asked to retry later."""
MAX_STREAMS_PER_ACCOUNT = _env.int("LOTSE_MAX_STREAMS_PER_ACCOUNT", 8)
MAX_STREAMS_PER_ADDRESS = _env.int("LOTSE_MAX_STREAMS_PER_ADDRESS", 200)
DISK_RESERVE = _env.int("LOTSE_DISK_RESERVE", 1024)
"""MiB on the disk of the data folder that only messages may use."""
OPERATOR = _env.str("LOTSE_OPERATOR", "")
OPERATOR_ADDRESS = _env.str("LOTSE_OPERATOR_ADDRESS", "")
OPERATOR_CONTACT = _env.str("LOTSE_OPERATOR_CONTACT", "")
DATA_PROTECTION_CONTACT = _env.str("LOTSE_DATA_PROTECTION_CONTACT", "")
BACKUP_RECIPIENT = _env.str("LOTSE_BACKUP_RECIPIENT", "")
METRICS_KEY = _env.str("LOTSE_METRICS_KEY", "")
"""The bearer token for /metrics, which is closed without a key."""
LOCK_MINUTES = _env.int("LOTSE_LOCK_MINUTES", 30)
"""After this time without a request, pages lock and the office asks for the password again."""
LOG = _env.str("LOTSE_LOG", "text" if sys.stderr.isatty() else "json")
"""The format of log lines: `text` for people, `json` for log collectors."""
QUICK_EXIT = _env.str("LOTSE_QUICK_EXIT", "https://www.dwd.de/")
"""The page that the quick exit opens. It must be inconspicuous; the default is the weather."""
