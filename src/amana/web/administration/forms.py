"""Forms of administration: an account's particulars, and why a grant is refused."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, cast

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from amana.apps.accounts.queries import TeamView
from amana.apps.accounts.roles import ROLES
from amana.apps.placements.queries import FacilityView
from amana.web.law.form_fields import choice_field
from amana.web.people.cards import place_name


class PlaceForm(forms.Form):
    """Role, team and places of an account."""

    role = choice_field(gettext_lazy("Role"), needed=gettext_lazy("Choose a role."))
    team = forms.ChoiceField(
        label=gettext_lazy("Team"), required=False, widget=forms.Select(attrs={"class": "fi"})
    )
    sites = forms.MultipleChoiceField(
        label=gettext_lazy("Places she keeps"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(
        self, *args: Any, teams: Iterable[TeamView], places: Iterable[FacilityView], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        roles = [(role.id, _(role.title)) for role in ROLES.values() if role.relation != "office"]
        self._offer("role", [("", _("Choose")), *roles])
        self._offer("team", [("", _("The first team")), *((each.ref, each.name) for each in teams)])
        self._offer("sites", [(each.ref, place_name(each)) for each in places])

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        cast(forms.ChoiceField, self.fields[name]).choices = choices


class AccountForm(PlaceForm):
    """A new account; its password is set by whoever it is for."""

    email = forms.EmailField(
        label=gettext_lazy("E-mail address"),
        widget=forms.EmailInput(attrs={"class": "fi", "dir": "ltr"}),
        error_messages={
            "required": gettext_lazy("Write the e-mail address she signs in with."),
            "invalid": gettext_lazy("Write an e-mail address, such as name@office.example."),
        },
    )
    name = forms.CharField(
        label=gettext_lazy("Name"),
        widget=forms.TextInput(attrs={"class": "fi"}),
        max_length=120,
        error_messages={"required": gettext_lazy("Write the name her colleagues know her by.")},
    )
    person_key = forms.CharField(
        label=gettext_lazy("Staff number"),
        widget=forms.TextInput(attrs={"class": "fi"}),
        required=False,
        max_length=80,
        help_text=gettext_lazy(
            "The same for all accounts of one person: so nobody holds two roles that exclude each other."
        ),
    )
    field_order = ("email", "name", "role", "team", "sites", "person_key")
