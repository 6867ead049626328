"""The web application as a server sees it.

However the server was started, an office of real people that isn't fit to go live is refused here too, and
so is an office that can't be used.
"""

from __future__ import annotations

from django.core.wsgi import get_wsgi_application
from django.db import connections

from amana.start import open_served_office

open_served_office()
connections.close_all()  # this thread answers no request
application = get_wsgi_application()
