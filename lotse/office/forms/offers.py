"""Languages and topics to tick."""

from typing import Any

from django import forms

from lotse.centres.models import Language


class LanguagesField(forms.ModelMultipleChoiceField):
    """Each language by its name in the reader's and in its own language."""

    def __init__(self, **options: Any) -> None:
        super().__init__(Language.objects.all(), widget=forms.CheckboxSelectMultiple, **options)

    def label_from_instance(self, obj: Any) -> str:
        own, local = obj.own_name, obj.local_name
        return local if own == local else f"{local} ({own})"
