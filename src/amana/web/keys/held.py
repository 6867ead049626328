"""The key of custody that a session has unlocked: in memory for a quarter of an hour, never on disk.

A key is unlocked with its file and its passphrase. The file holds it closed under the passphrase, so that
neither alone is enough; both leave the page with the form and are kept nowhere.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from amana.apps.accounts import custody
from amana.apps.audit import custody_session
from amana.core.envelopes import NoKey, PrivateKey, public_of, read_key
from amana.web.access import access
from amana.web.clock import now
from amana.web.requests import OfficeRequest
from amana.web.session import proof

LARGEST = 4096
"""Bytes of a key file; a real one has about 300."""
MINUTES = int(custody_session.LASTS.total_seconds() // 60)


class UnlockForm(forms.Form):
    """The key file and its passphrase."""

    file = forms.FileField(
        label=gettext_lazy("Key file"),
        help_text=gettext_lazy("The one that “amana keys custody make” wrote."),
        widget=forms.FileInput(attrs={"class": "fi"}),
        error_messages={"required": gettext_lazy("Choose your key file.")},
        max_length=200,
    )
    passphrase = forms.CharField(
        label=gettext_lazy("Passphrase"),
        strip=False,
        max_length=500,
        widget=forms.PasswordInput(attrs={"class": "fi", "autocomplete": "off", "dir": "ltr"}),
        error_messages={"required": gettext_lazy("Type the passphrase of the key file.")},
    )

    def clean_file(self) -> str:
        """The text of the file."""
        file: Any = self.cleaned_data["file"]
        try:
            text = file.read(LARGEST + 1).decode("ascii") if file.size <= LARGEST else ""
            public_of(text)
        except (NoKey, UnicodeDecodeError) as error:
            raise forms.ValidationError(
                _("This is no key file. Take the one that “amana keys custody make” wrote.")
            ) from error
        return str(text)

    def key_of(self, publics: frozenset[str]) -> PrivateKey | None:
        """The private key, where it is one of these; None with the fault beside its field."""
        text = self.cleaned_data["file"]
        if public_of(text) not in publics:
            self.add_error("file", _("This key was never confirmed as yours. Look at the list of keys."))
            return None
        try:
            key = read_key(text, self.cleaned_data["passphrase"])
        except NoKey:
            self.add_error("passphrase", _("The passphrase doesn't open this file, or the file was changed."))
            return None
        if key.public not in publics:
            self.add_error("file", _("This key was never confirmed as yours. Look at the list of keys."))
            return None
        return key


def key_of(request: OfficeRequest) -> PrivateKey | None:
    """The key that this session unlocked less than a quarter of an hour ago."""
    session = request.session.session_key
    return custody_session.unlocked(request.viewer.account, session, now()) if session else None


@access("keys.hold")
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def key_unlock(request: OfficeRequest) -> HttpResponse:
    """Unlock one's own key for this session."""
    if not proof.is_fresh(request):
        asked = urlencode({"next": reverse("keys:key-unlock")})
        return HttpResponseRedirect(f"{reverse('session:proof-ask')}?{asked}")
    own = custody.own_publics(request.viewer)
    form = UnlockForm(request.POST, request.FILES) if request.method == "POST" else UnlockForm()
    if form.is_bound and form.is_valid():
        key = form.key_of(own)
        if key is not None and request.session.session_key:
            custody_session.unlock(request.viewer.account, request.session.session_key, key, now())
            return redirect("allegations:allegation-list")
    context = {"form": form, "has_key": bool(own), "minutes": MINUTES}
    return render(request, "keys/unlock.html", context, status=422 if form.errors else 200)


@access("keys.hold")
@require_POST
def key_lock(request: OfficeRequest) -> HttpResponse:
    """Drop the key from memory before its time."""
    custody_session.forget(request.viewer.account)
    return redirect("allegations:allegation-list")
