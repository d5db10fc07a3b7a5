"""``/api/v1/``: one version, kept as long as anybody reads it."""

from django.urls import path

from kendedes.api.views import api

urlpatterns = [path("v1/", api.urls)]
