"""The catalogue of components: every shape in every state, for whoever builds a page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from linli.frame.doors import ANYONE, door


@door(ANYONE)
def catalogue(request: HttpRequest) -> HttpResponse:
    """One page with all components; its samples are made up."""
    return render(request, "components/catalogue.html")
