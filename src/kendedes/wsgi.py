"""The web server's entry."""

import os

import kendedes  # noqa: F401 - chooses the SQLite library first

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kendedes.settings")

from django.core.wsgi import get_wsgi_application

application = get_wsgi_application()
