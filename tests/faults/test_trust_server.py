"""A server started past `amana serve` is held to the same check of going live."""

from __future__ import annotations

from pathlib import Path

import office_home as homes
import served_office

REAL = """
from datetime import UTC, datetime
from amana.start import start_office
start_office()
from amana.apps.accounts import commands, viewers
commands.open_office(name_en="Office", name_ar="مكتب", demonstration=False, stands_on=None,
                     pack="iraq_2018", by=viewers.installer(), at=datetime.now(UTC))
"""

COOKIES = """
from amana import settings as s
print(s.DEBUG, s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE, s.SESSION_COOKIE_NAME, s.CSRF_COOKIE_NAME,
      s.SECURE_HSTS_SECONDS > 0)
"""


def test_cookies_are_bound_to_https_and_host_unless_plain_http_is_asked_for(tmp_path: Path) -> None:
    home = tmp_path / "home"
    strict = homes.run(home, "-c", COOKIES, AMANA_PLAIN_HTTP="").stdout.split()
    assert strict == ["False", "True", "True", "__Host-amana_session", "__Host-amana_csrf", "True"]
    plain = homes.run(home, "-c", COOKIES, AMANA_PLAIN_HTTP="1").stdout.split()
    assert plain == ["False", "False", "False", "amana_session", "amana_csrf", "False"]


def test_no_server_loads_an_office_of_real_people_that_is_not_fit(office_home: Path) -> None:
    served_office.prepare(office_home)
    assert homes.run(office_home, "-c", "import amana.wsgi", AMANA_PLAIN_HTTP="1").returncode == 0
    made = homes.run(office_home, "-c", REAL)
    assert made.returncode == 0, made.stderr
    for plain in ("", "1"):
        tried = homes.run(office_home, "-c", "import amana.wsgi", AMANA_PLAIN_HTTP=plain)
        assert tried.returncode != 0 and "isn't fit for people" in tried.stderr


def test_no_server_loads_where_there_is_no_office(tmp_path: Path) -> None:
    tried = homes.run(tmp_path / "nowhere", "-c", "import amana.wsgi")
    assert tried.returncode != 0 and "no office here" in tried.stderr
