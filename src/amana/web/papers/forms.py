"""The forms of papers: keeping one, withdrawing one, opening its original."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, cast

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from amana.apps.attachments import codes
from amana.casework.papers import LONGEST, PaperRefused, Target
from amana.core.papers import KINDS, MOST_BYTES, UnfitPaper
from amana.web.determinations.base_form import CaseForm, long_text, radio_field
from amana.web.law.form_fields import choice_field
from amana.web.papers import words

SUFFIXES = ",".join([*(f".{kind.suffix}" for kind in KINDS.values()), ".jpeg", ".tiff"])


class PaperForm(CaseForm):
    """A file, what it goes with, what it is, and whom it speaks of."""

    topics_of = (
        ("file", gettext_lazy("The file"), "", ("file",)),
        ("what", gettext_lazy("What it is"), "", ("target", "words")),
        (
            "whom",
            gettext_lazy("Whom it speaks of"),
            gettext_lazy("Amana can’t read a paper. One that names other families never leaves this office."),
            ("others",),
        ),
    )

    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy(
            "PDF, picture (JPEG, PNG, TIFF) or plain text, at most 20 MB. What the file tells of its making "
            "is taken out of the copy that opens; the original is kept sealed."
        ),
        allow_empty_file=True,
        error_messages={"required": gettext_lazy("Choose the file.")},
        widget=forms.FileInput(attrs={"class": "fi", "accept": SUFFIXES}),
    )
    target = choice_field(
        gettext_lazy("It goes with"),
        gettext_lazy(
            "Whoever may see that record may see the paper, and nobody else. An allegation of ill-treatment "
            "doesn’t belong here."
        ),
        needed=gettext_lazy("Choose what the paper goes with."),
    )
    words = long_text(
        gettext_lazy("What it is and says"),
        gettext_lazy("In a sentence, for whoever can’t see it: “Birth certificate, names the mother”."),
        needed=gettext_lazy("Say in a sentence what it is and says."),
        rows=3,
    )
    others = radio_field(
        gettext_lazy("Does it speak of people outside this family?"),
        gettext_lazy("Look at every page: lists, photographs, names in a stamp."),
        needed=gettext_lazy("Look at the paper and answer."),
    )

    def __init__(
        self, data: Any = None, *, files: Any = None, targets: Sequence[Target], **kwargs: Any
    ) -> None:
        super().__init__(data, **kwargs)
        self.files = cast(Any, files or {})
        self.fields["words"].max_length = LONGEST  # type: ignore[attr-defined]  # a CharField
        self.offer("others", {"no": _("no, of this family alone"), "yes": _("yes, of others too")})
        field = cast(forms.ChoiceField, self.fields["target"])
        field.choices = [("", _("choose")), *_groups(targets)]

    def clean_file(self) -> UploadedFile:
        """Refuse what is too large before it is looked at."""
        file: UploadedFile = self.cleaned_data["file"]
        if (file.size or 0) > MOST_BYTES:
            raise forms.ValidationError(words.refusal_words(UnfitPaper("too_big")))
        return file

    def refuse(self, refused: PaperRefused | UnfitPaper) -> None:
        """Put a refusal beside the field it speaks of."""
        field = "file" if isinstance(refused, UnfitPaper) else refused.field
        self.add_error(field if field in self.fields else None, words.refusal_words(refused))


class WithdrawForm(forms.Form):
    """Why a paper is withdrawn."""

    why = long_text(
        gettext_lazy("Why it is withdrawn"),
        gettext_lazy("It stays to be seen as withdrawn, with this reason, by whoever could see it."),
        needed=gettext_lazy("Say in a sentence why."),
        rows=3,
    )

    def refuse(self, refused: PaperRefused) -> None:
        """Put a refusal beside the field."""
        self.add_error("why" if refused.field else None, words.refusal_words(refused))


class OriginalForm(forms.Form):
    """On which ground an original is opened."""

    ground = radio_field(gettext_lazy("Ground"), needed=gettext_lazy("Choose the ground."))

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        cast(forms.ChoiceField, self.fields["ground"]).choices = list(words.ground_words().items())


def _groups(targets: Sequence[Target]) -> list[tuple[Any, Any]]:
    """The records offered, those of the person herself first."""
    named: Mapping[str, list[tuple[str, str]]] = {
        _("The person"): [_choice(each) for each in targets if each.record == codes.PERSON],
        _("A record of the case"): [_choice(each) for each in targets if each.record != codes.PERSON],
    }
    return [(title, choices) for title, choices in named.items() if choices]


def _choice(target: Target) -> tuple[str, str]:
    return target.key, words.target_words(target)
