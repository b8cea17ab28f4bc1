"""The WSGI entry point, served by granian."""

import os

from django.core.wsgi import get_wsgi_application

from senne.config.processes import follow_parent

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "senne.config.settings")
application = get_wsgi_application()
if os.environ.get("SENNE_SERVED"):
    # Set by `senne serve` for its children: no web worker outlives its server, however that one ends.
    follow_parent()
