"""Accounts, teams, the one row about the office, the brake on guessing passwords, and what signs people in.

Sign-in is by e-mail. There is no superuser, no group and no permission row: a role is all an account has.
"""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import models
from django.db.models.functions import Lower

from amana.apps.audit.columns import kept
from amana.apps.audit.records import Record


class Team(Record):
    """A supervisor's circle of cases. New people of a team go to `first_official` where one is named."""

    first_official_id: uuid.UUID | None
    ref = kept(models.CharField(max_length=12, primary_key=True), "system", "account", "office")
    name = kept(models.CharField(max_length=120), "system", "account", "office")
    added_at = kept(models.DateTimeField(), "system", "account", "office")
    first_official = kept(
        models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="first_of"),
        "system",
        "account",
        "office",
    )

    class Meta:
        constraints = [models.UniqueConstraint(Lower("name"), name="team_name_once")]


class User(Record, AbstractBaseUser):
    """Someone who works here. `audit_id` is what the trail holds instead of her name.

    `sites`: references of the places she keeps. `person_key`: the same for all accounts of one human being,
    such as a staff number; empty where nobody gave one. `requested`: the account waits, closed, until a
    second person confirms it; `asked_by` and `confirmed_by` are trail ids.
    """

    team_id: str | None

    id = kept(
        models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False), "system", "account", "account"
    )
    audit_id = kept(
        models.UUIDField(unique=True, default=uuid.uuid4, editable=False), "system", "trail", "trail"
    )
    email = kept(models.EmailField(), "system", "account", "account")
    name = kept(models.CharField(max_length=120), "system", "account", "account")
    language = kept(models.CharField(max_length=8, blank=True, default=""), "system", "account", "account")
    role = kept(models.CharField(max_length=30), "system", "account", "account")
    team = kept(
        models.ForeignKey(Team, models.PROTECT, null=True, related_name="members"),
        "system",
        "account",
        "account",
    )
    sites = kept(models.JSONField(default=list, blank=True), "system", "account", "account")
    person_key = kept(models.CharField(max_length=80, blank=True, default=""), "system", "account", "account")
    requested = kept(models.BooleanField(default=False), "system", "account", "account")
    asked_by = kept(models.UUIDField(null=True), "system", "trail", "account")
    confirmed_by = kept(models.UUIDField(null=True), "system", "trail", "account")
    is_active = kept(models.BooleanField(default=True), "system", "account", "account")
    added_at = kept(models.DateTimeField(), "system", "account", "account")
    password = kept(models.CharField(max_length=128), "system", "account", "account")
    # Not kept: a sign-in must not write to the register's database.
    last_login = None

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        constraints = [models.UniqueConstraint(Lower("email"), name="user_email_once")]


class Office(Record):
    """The one office of this installation; `stands_on` fixes its day, without it the day is the clock's."""

    id = kept(models.PositiveSmallIntegerField(primary_key=True, default=1), "system", "office", "office")
    name_en = kept(models.CharField(max_length=200), "system", "office", "office")
    name_ar = kept(models.CharField(max_length=200), "system", "office", "office")
    demonstration = kept(models.BooleanField(default=False), "system", "office", "office")
    stands_on = kept(models.DateField(null=True, blank=True), "system", "office", "office")
    pack = kept(models.CharField(max_length=100), "system", "office", "office")

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="office_one_row")]


class SignInAttempt(models.Model):
    """Failed sign-ins under one keyed digest of an e-mail or an address; the text itself is not kept."""

    key = kept(models.CharField(max_length=64, primary_key=True), "system", "account", "day")
    failures = kept(models.PositiveIntegerField(default=0), "system", "account", "day")
    last = kept(models.DateTimeField(), "system", "account", "day")


class Session(models.Model):
    """A browser's session under the digest of its key; `data` is encrypted under the key itself, which stands
    in the browser's cookie alone. The rest is what its owner may see in the list of her sessions.
    """

    key = kept(models.CharField(max_length=64, primary_key=True), "system", "account", "session")
    data = kept(models.TextField(), "system", "account", "session")
    expires = kept(models.DateTimeField(db_index=True), "system", "account", "session")
    account = kept(models.UUIDField(null=True, db_index=True), "system", "account", "session")
    began = kept(models.DateTimeField(null=True), "system", "account", "session")
    seen = kept(models.DateTimeField(null=True), "system", "account", "session")
    browser = kept(models.CharField(max_length=60, blank=True, default=""), "system", "account", "session")


class UsedCode(models.Model):
    """A code of an authenticator that was taken, under a keyed digest, so that it is taken once only."""

    key = kept(models.CharField(max_length=64, primary_key=True), "system", "account", "day")
    at = kept(models.DateTimeField(db_index=True), "system", "account", "day")


class Invitation(Record):
    """A code, once told, with which an account gets its first or its next password. Only its digest is kept.

    `ended_at`: when it was used, or overtaken by a newer one.
    """

    user_id: uuid.UUID
    digest = kept(models.CharField(max_length=64, primary_key=True), "system", "account", "account")
    user = kept(
        models.ForeignKey(User, models.CASCADE, related_name="invitations"), "system", "account", "account"
    )
    made_at = kept(models.DateTimeField(), "system", "account", "account")
    expires_at = kept(models.DateTimeField(), "system", "account", "account")
    ended_at = kept(models.DateTimeField(null=True), "system", "account", "account")


class Token(Record):
    """A pass for the command line: acts as its account, within `scopes` (permissions), until `expires_at`.

    Only the digest of what the holder keeps is here.
    """

    user_id: uuid.UUID
    id = kept(
        models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False), "system", "account", "account"
    )
    digest = kept(models.CharField(max_length=64, unique=True), "system", "account", "account")
    user = kept(
        models.ForeignKey(User, models.CASCADE, related_name="tokens"), "system", "account", "account"
    )
    scopes = kept(models.JSONField(default=list), "system", "account", "account")
    made_at = kept(models.DateTimeField(), "system", "account", "account")
    expires_at = kept(models.DateTimeField(), "system", "account", "account")
    ended_at = kept(models.DateTimeField(null=True), "system", "account", "account")
