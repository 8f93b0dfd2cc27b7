from django.apps import AppConfig


class BallotsConfig(AppConfig):
    name = "linli.ballots"
    label = "ballots"
