from django.apps import AppConfig


class EventsConfig(AppConfig):
    name = "kendedes.events"
    verbose_name = "Pameran"
