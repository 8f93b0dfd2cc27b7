"""The site, and the floor it is compared with."""

from django.urls import path

from bench import floor
from linli.site import urls

handler400, handler403 = urls.handler400, urls.handler403
handler404, handler500 = urls.handler404, urls.handler500

urlpatterns = [
    path("floor/select/", floor.one_select),
    path("floor/insert/", floor.one_insert),
    path("floor/list/", floor.plain_list),
    path("floor/writing/", floor.plain_writing),
    *urls.urlpatterns,
]
