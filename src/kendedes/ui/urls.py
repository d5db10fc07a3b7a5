"""Pages for those who build pages."""

from django.urls import path

from kendedes.ui import views

app_name = "ui"
urlpatterns = [
    path("", views.guide, name="guide"),
    path("situs/", views.guide, {"shell": "situs"}, name="guide-site"),
    path("tolak/", views.say_no, name="guide-refusal"),
    path("bagian/", views.fragment, name="guide-fragment"),
]
