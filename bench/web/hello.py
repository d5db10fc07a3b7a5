"""The floor: Django that says hello, on the same server."""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpResponse
from django.urls import path

settings.configure(ALLOWED_HOSTS=["127.0.0.1"], SECRET_KEY=os.urandom(20).hex(), ROOT_URLCONF=__name__)
urlpatterns = [path("", lambda _request: HttpResponse("halo"))]
application = get_wsgi_application()
