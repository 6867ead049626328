"""Whose copy a file is that turned up outside: read in the closed room, kept nowhere, written into the
trail.
"""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import Any, cast

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from amana.apps.exports import queries
from amana.exchange.leak_trace import BYTES, MARKED, ORDER, Trace, trace_upload
from amana.exchange.sheets import UnreadableFile
from amana.exchange.staging import MOST_BYTES
from amana.web.access import access
from amana.web.clock import now
from amana.web.requests import OfficeRequest


class TraceForm(forms.Form):
    """The file that turned up."""

    file = forms.FileField(
        label=gettext_lazy("The file"),
        help_text=gettext_lazy("A workbook or a text, whole or in part. It is not kept."),
        error_messages={
            "required": gettext_lazy("Choose the file."),
            "empty": gettext_lazy("The file is empty. Choose another."),
        },
        widget=forms.ClearableFileInput(attrs={"class": "fi"}),
    )

    def clean_file(self) -> UploadedFile:
        """The file, of a size that can be read."""
        file = cast(UploadedFile, self.cleaned_data["file"])
        if (file.size or 0) > MOST_BYTES:
            raise forms.ValidationError(_("The file is larger than 20 MB. Cut a part out of it."))
        return file


@access(queries.OVERSEE)
@require_http_methods(["GET", "HEAD", "POST"])
def copy_trace(request: OfficeRequest) -> HttpResponse:
    """Look for the copy that a file is or comes from."""
    form = TraceForm(request.POST, request.FILES) if request.method == "POST" else TraceForm()
    found: list[dict[str, Any]] | None = None
    if form.is_bound and form.is_valid():
        file = form.cleaned_data["file"]
        suffix = PurePosixPath(str(file.name)).suffix[:8]
        try:
            traces = trace_upload(file.chunks(), suffix=suffix, by=request.viewer, at=now())
            found = [_row(each) for each in traces]
        except UnreadableFile:
            form.add_error(
                "file", _("This file can't be read. Save it as a workbook or a text, and try again.")
            )
    context = {"form": form, "found": found}
    return render(request, "exports/trace.html", context, status=422 if form.errors else 200)


def _row(found: Trace) -> dict[str, Any]:
    how = {
        BYTES: _("the same file, byte for byte"),
        MARKED: _("its mark stands in the file"),
        ORDER: _("its order of rows, which one file in %(chance)s has by chance")
        % {"chance": f"{found.chance:,}"},
    }
    return {"export": found.export, "copy": found.copy, "how": how[found.how]}
