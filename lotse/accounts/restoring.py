from importlib import import_module

from django.conf import settings

from lotse.core.restoring import after_restore

Session = import_module(settings.SESSION_ENGINE).SessionStore.get_model_class()


@after_restore(Session)
def end_sessions() -> None:
    """A session that was ended after the backup was made would be open again."""
    Session.objects.all().delete()
