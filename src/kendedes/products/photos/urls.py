"""``/media/foto/``: the only files of the media folder that browsers may read."""

from django.urls import path

from kendedes.products.photos import views

app_name = "photos"
urlpatterns = [path("<str:shard>/<str:name>", views.photo, name="photo")]
