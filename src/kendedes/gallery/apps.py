from django.apps import AppConfig


class GalleryConfig(AppConfig):
    name = "kendedes.gallery"
    verbose_name = "Galeri"
