from django.apps import AppConfig


class GatheringsConfig(AppConfig):
    name = "linli.gatherings"
    label = "gatherings"
