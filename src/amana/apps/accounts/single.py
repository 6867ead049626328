"""Single sign-on by OpenID Connect, through django-allauth, where the environment names a provider.

The provider proves one thing: an e-mail address it calls verified. It never opens an account: the address has
to be one that the administration added, and the second factor is asked here all the same. Nothing is stored
of what the provider tells.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from requests import RequestException

from amana.apps.accounts.models import User
from amana.apps.accounts.single_settings import PROVIDER
from amana.apps.accounts.viewers import NOBODY_ID
from amana.apps.audit.sessions import REFUSED, record_session

FOUND: Final = "single_sign_on"
"""Under this key a request carries whom the provider proved, until our view takes it."""


class SingleAdapter(DefaultSocialAccountAdapter):
    """Ends the library's flow where the provider has answered: no sign-up, no rows, no pages of its own."""

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Leave the proven address on the request, and stop."""
        told = sociallogin.account.extra_data.get("id_token") or {}
        proven = told.get("email") if told.get("email_verified") is True else None
        vars(request)[FOUND] = proven if isinstance(proven, str) else None
        raise ImmediateHttpResponse(HttpResponse(status=204))

    def on_authentication_error(self, request: HttpRequest, provider: Any, **kwargs: Any) -> None:
        """Back to our own sign-in page, whatever went wrong."""
        raise ImmediateHttpResponse(HttpResponseRedirect(reverse("session:sign-in") + "?refused=1"))

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        """Never: accounts are added by the administration."""
        return False


class _Office(OpenIDConnectOAuth2Adapter):
    """The provider, answering to our own address."""

    def get_callback_url(self, request: HttpRequest, app: object) -> str:
        """Where the provider sends the browser back to."""
        return request.build_absolute_uri(reverse("session:single-answer"))

    def _decode_id_token(self, app: Any, id_token: str) -> dict[str, Any]:
        """The token's claims, its signature looked at too: the library would trust the line alone."""
        self.did_fetch_access_token = False
        return dict(super()._decode_id_token(app, id_token))


def configured() -> str:
    """The name of the provider, empty where there is none."""
    apps = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"]
    return str(apps[0]["name"]) if apps else ""


def to_provider(request: HttpRequest) -> HttpResponse:
    """Lead the browser to the provider, with a state that only this session can bring back."""
    adapter = _Office(request, PROVIDER)
    provider = adapter.get_provider()
    provider.oauth2_adapter_class = _Office
    try:
        answer: HttpResponse = provider.redirect(request, process="login")
    except (RequestException, KeyError, ValueError):
        return HttpResponseRedirect(reverse("session:sign-in") + "?refused=1")
    return answer


def proven_account(request: HttpRequest, at: datetime) -> User | None:
    """The account whose address the provider proved, or None; a refusal is in the read log."""
    try:
        OAuth2CallbackView.adapter_view(_Office(request, PROVIDER))(request)
    except (RequestException, KeyError, ValueError):
        vars(request).pop(FOUND, None)
    email = vars(request).pop(FOUND, None)
    user: User | None = User.objects.filter(email__iexact=email, is_active=True).first() if email else None
    if user is None:
        record_session(REFUSED, actor=NOBODY_ID, account=None, at=at)
    return user
