"""The web application as a server sees it.

However the server was started, it stands before invented people only: any other office is refused here too,
and so is an office that can't be used.
"""

from __future__ import annotations

from django.core.wsgi import get_wsgi_application
from django.db import connections

from amana.start import open_demonstration_office

open_demonstration_office()
connections.close_all()  # this thread answers no request
application = get_wsgi_application()
