"""A topic with one field for its name in each language of the interface."""

from typing import Any

from django import forms
from django.conf import settings

from lotse.centres.models import Topic

_LONGEST = 80


class TopicForm(forms.ModelForm):
    class Meta:
        model = Topic
        fields = ["slug", "order"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code, name in settings.LANGUAGES:
            self.fields[f"name_{code}"] = forms.CharField(
                label=name,
                required=code == settings.LANGUAGE_CODE,
                max_length=_LONGEST,
                initial=self.instance.names.get(code, ""),
                widget=forms.TextInput({"dir": "auto", "lang": code}),
            )
        # Links and cases name a topic by it.
        self.fields["slug"].disabled = not self.instance._state.adding

    def save(self, commit: bool = True) -> Topic:
        for code, _name in settings.LANGUAGES:
            self.instance.names[code] = self.cleaned_data[f"name_{code}"]
        self.instance.names = {code: name for code, name in self.instance.names.items() if name}
        topic: Topic = super().save(commit)
        return topic
