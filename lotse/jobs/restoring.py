from lotse.core.restoring import after_restore
from lotse.jobs.models import Job


@after_restore(Job)
def end_jobs() -> None:
    """What was to be done once has been done since the backup was made, or is too late now."""
    Job.objects.filter(recurs=False).delete()
