from django.apps import AppConfig


class FrameConfig(AppConfig):
    name = "linli.frame"
    label = "frame"
