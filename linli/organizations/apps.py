from django.apps import AppConfig


class OrganizationsConfig(AppConfig):
    name = "linli.organizations"
    label = "organizations"
