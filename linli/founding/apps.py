from django.apps import AppConfig


class FoundingConfig(AppConfig):
    name = "linli.founding"
    label = "founding"
