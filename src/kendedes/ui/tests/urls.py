"""Addresses for the tests of this floor: the style guide and the account pages."""

from django.urls import include, path

from kendedes.ui import views

urlpatterns = [
    path("kantor/gaya/", include("kendedes.ui.urls")),
    path("", include("kendedes.network.urls")),  # the sign-in page leads to pages of the network
    path("akun/", include("allauth.urls")),
    path("kendedes.webmanifest", views.manifest, name="manifest"),
]
