"""What a curator types. Cleans input only."""

from django import forms

from kendedes.visits.models import Synonyms


class SynonymsForm(forms.ModelForm[Synonyms]):
    class Meta:
        model = Synonyms
        fields = ["words"]
