from django.apps import AppConfig


class ConsignmentConfig(AppConfig):
    name = "kendedes.consignment"
    verbose_name = "Titip jual"
