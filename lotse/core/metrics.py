"""Metrics of the server, for Prometheus. They never concern a person, and no label is an id."""

import os
from typing import Final

from prometheus_client import (
    REGISTRY,
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    generate_latest,
    multiprocess,
)

FOLDER = "PROMETHEUS_MULTIPROC_DIR"
"""Names the folder through which several processes count together. Set it before this import."""

WAITING = Gauge(
    "lotse_posts_waiting",
    "Posts and marks that wait for the next commit",
    multiprocess_mode="livesum",
)
BATCH = Histogram(
    "lotse_commit_size", "Posts and marks in one commit", buckets=(1, 2, 4, 8, 16, 32, 64, 128, 256)
)
COMMIT = Histogram(
    "lotse_commit_seconds",
    "From reading to durable, for one commit",
    buckets=(0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 5),
)
REFUSED = Counter("lotse_posts_refused", "Posts and marks refused because too many waited")
STREAMS = Gauge("lotse_streams", "Open event streams", multiprocess_mode="livesum")
NOTIFY = Histogram(
    "lotse_notify_seconds",
    "From a commit to handing its notifications to the streams",
    buckets=(0.0005, 0.001, 0.002, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5),
)
"""Counts only notifications that reached a stream."""
# All processes read the same table, so the newest value is the right one.
_LAST: Final = "livemostrecent"
JOBS_WAITING = Gauge(
    "lotse_jobs_waiting", "Jobs that are due and that nobody has begun", multiprocess_mode=_LAST
)
JOBS_WAIT = Gauge(
    "lotse_jobs_wait_seconds",
    "For how long the oldest of them has been due",
    multiprocess_mode=_LAST,
)
JOBS_FAILED = Gauge("lotse_jobs_failed", "Jobs that have failed for good", multiprocess_mode=_LAST)
JOB = Histogram(
    "lotse_job_seconds",
    "One attempt at a job, by the function's name",
    ["job", "outcome"],
    buckets=(0.01, 0.05, 0.1, 0.5, 1, 5, 30, 60, 300, 1800),
)


def told() -> bytes:
    """The metrics of this process, or of all that count together, in Prometheus' text format."""
    registry = REGISTRY
    if FOLDER in os.environ:
        registry = CollectorRegistry()
        multiprocess.MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    return generate_latest(registry)
