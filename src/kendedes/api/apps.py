from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "kendedes.api"
    verbose_name = "API"
