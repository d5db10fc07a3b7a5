from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "kendedes.web"
    verbose_name = "Situs publik"
    background = [("follow",)]
    searched = "kendedes.web.queries.findable.findable"
