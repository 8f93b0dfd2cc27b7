"""Addresses of documents, under `drafts/`: drafts only. Files are served by the apps that own them."""

from django.urls import path

from linli.documents import web

app_name = "documents"

urlpatterns = [
    path("<str:form>/", web.draft, name="draft"),
]
