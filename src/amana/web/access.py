"""Who may open a view. Deny by default: a view without a rule is refused by a test and by the frame.

A signed-in person without the permission gets the same 404 as for an address that does not exist, so that
an answer never tells that something is there. Not signed in: to the sign-in page, and back afterwards.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from amana.apps.accounts.queries import NoOffice
from amana.apps.accounts.viewers import NotForYou
from amana.apps.audit.emergency import Locked
from amana.apps.audit.withholding import ReasonAsked
from amana.core.errors import PackFaults
from amana.web.clock import office_of
from amana.web.openings import reasoned
from amana.web.openings.through import look_through
from amana.web.refusals import unusable
from amana.web.session import proof
from amana.web.walls import behind_wall

PUBLIC = "public"
"""The rule of views that anybody may open: signing in, and the health of the service."""

SIGNED_IN = "signed-in"
"""The rule of views about oneself: whoever is signed in, whatever the role."""

View = Callable[..., HttpResponse]


def access(
    permission: str,
    *,
    fresh: bool = False,
    fresh_look: bool = False,
    before_factor: bool = False,
    through_opening: bool = False,
) -> Callable[[View], View]:
    """Declare the permission a view asks for, such as `people.see`, or `PUBLIC`; the outermost decorator.

    `fresh`: whoever sends the form must have proved within ten minutes that it is she; `fresh_look`: even to
    look. Outside the demonstration a session that showed no second factor opens nothing but what is
    `before_factor`: adding one. `through_opening`: may be done in a case that was opened in an emergency;
    without it such a case is looked at only.

    The wrapped view carries `access_rule`, which the URL test reads. `NotForYou` raised further down
    (a record outside the viewer's relation) ends as 404 as well; a pack that can't be used is shown with its
    faults, what is sealed as locked while it is, and what her role reads with a reason as folded until then.
    """

    def stopped(request: HttpRequest, reason: bool) -> HttpResponse | None:
        """What stands before the view: signing in, the permission, a second factor, proof anew. `reason`:
        whether this view may be sent a reason to read.
        """
        viewer = getattr(request, "viewer", None)
        if viewer is None:
            return to_sign_in(request)
        if permission != SIGNED_IN and not viewer.may(permission):
            raise Http404
        if not before_factor and factor_owed(request):
            return _to(request, reverse("session:factor-list"))
        owed = not proof.is_asked_there(request) and proof.is_owed(request)
        sent = request.method == "POST" and not (reason and reasoned.is_given_here(request))
        if (owed or fresh_look or (fresh and sent)) and not proof.is_fresh(request):
            return proof.ask_again(request)
        return None

    def declare(view: View) -> View:
        # A view that takes files reads what was sent by itself, and nobody may have read it before.
        takes_reason = not getattr(view, "csrf_exempt", False)

        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if permission == PUBLIC:
                return view(request, *args, **kwargs)
            turned_away = stopped(request, takes_reason)
            if turned_away is not None:
                return turned_away

            def show() -> HttpResponse:
                with behind_wall(request, permission):
                    return reasoned.shown(request, lambda: view(request, *args, **kwargs))

            try:
                try:
                    return (reasoned.taken(request) if takes_reason else None) or show()
                except NotForYou:
                    shown = look_through(request, permission, show, acts=through_opening)
                    if shown is None:
                        raise
                    return shown
            except NotForYou as refused:
                raise Http404 from refused
            except ReasonAsked as asked:
                return reasoned.folded(request, asked)
            except (Locked, PackFaults) as reason:
                return unusable(request, reason)

        guarded.access_rule = permission  # type: ignore[attr-defined]
        guarded.asks_proof = fresh or fresh_look  # type: ignore[attr-defined]
        return guarded

    return declare


def factor_owed(request: HttpRequest) -> bool:
    """Whether this session has yet to show a second factor: in every office but the demonstration."""
    if proof.factor_shown(request):
        return False
    try:
        return not office_of(request).demonstration
    except NoOffice:
        return False


def to_sign_in(request: HttpRequest, ended: str = "") -> HttpResponse:
    """Answer that leads to the sign-in page and back. `ended`: `idle` or `long`, why a session is over."""
    came_from = request.get_full_path() if request.method == "GET" else "/"
    if request.headers.get("HX-Request") == "true":
        # A fragment's own address is no page to come back to.
        came_from = "/"
    why = {ended: 1} if ended else {}
    return _to(request, f"{reverse('session:sign-in')}?{urlencode({'next': came_from} | why)}")


def _to(request: HttpRequest, address: str) -> HttpResponse:
    """Lead there; a fragment request makes the whole page go there."""
    if request.headers.get("HX-Request") == "true":
        return HttpResponse(status=200, headers={"HX-Redirect": address})
    return HttpResponseRedirect(address)
