"""The web server's entry."""

import gc
import os

import kendedes  # noqa: F401 - chooses the SQLite library first
from kendedes.base import presence
from kendedes.base.bound import bind_if_told

bind_if_told()  # a worker ends with the server that started it
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kendedes.settings")

from django.conf import settings  # noqa: E402 - the library comes first
from django.core.wsgi import get_wsgi_application  # noqa: E402
from django.urls import get_resolver  # noqa: E402

if not presence.stay(settings.HOME):
    raise SystemExit("kunci rumah sedang diganti / the home's key is being changed")
django_application = get_wsgi_application()

from kendedes.visits.counting import Counting  # noqa: E402 - needs the settings
from kendedes.web.pagecache import PageCache  # noqa: E402 - needs the settings
from kendedes.web.versions import versions  # noqa: E402

application = Counting(PageCache(django_application, versions()))

# What is loaded now stays as long as the process: the collector need not look at it again and again.
_ = get_resolver().url_patterns
gc.collect()
gc.freeze()
