"""Addresses of the desk: matters, orders, whistles, intake, procedures, rates, search."""

from django.urls import path

from linli.matters.web import (
    desk,
    exports,
    intake,
    issuing,
    learning,
    matter_desk,
    orders,
    procedures,
    rates,
    registers,
    search,
)

app_name = "desk"

urlpatterns = [
    path("", desk.home, name="home"),
    path("new/", desk.new, name="new"),
    path("sent/", desk.sent, name="sent"),
    path("whistles/", desk.whistles, name="whistles"),
    path("claim/", desk.claim_chosen, name="claim_chosen"),
    path("matters/", registers.matter_list, name="matters"),
    path("matters.xlsx", exports.matters_xlsx, name="matters_xlsx"),
    path("matters/<uuid:matter_id>/", matter_desk.matter, name="matter"),
    path("matters/<uuid:matter_id>/orders/", issuing.issue_orders, name="issue"),
    path("matters/<uuid:matter_id>/whistle/", issuing.blow_whistle, name="whistle"),
    path("matters/<uuid:matter_id>/phone/", matter_desk.raiser_phone, name="raiser_phone"),
    path("matters/<uuid:matter_id>/<slug:name>/", matter_desk.act, name="act"),
    path("intake/", intake.intake, name="intake"),
    path("intake/people/", intake.intake_people, name="intake_people"),
    path("intake/person/", intake.intake_person, name="intake_person"),
    path("intake/places/", intake.intake_places, name="intake_places"),
    path("orders/", orders.order_list, name="orders"),
    path("orders.xlsx", exports.orders_xlsx, name="orders_xlsx"),
    path("orders/<uuid:order_id>/", orders.order, name="order"),
    path("orders/<uuid:order_id>/slip/", orders.order_slip, name="order_slip"),
    path("orders/<uuid:order_id>/<slug:name>/", orders.order_act, name="order_act"),
    path("procedures/", procedures.procedure_list, name="procedures"),
    path("procedures/<uuid:version_id>/", procedures.procedure, name="procedure"),
    path("procedures/<uuid:version_id>/adopt/", procedures.procedure_adopt, name="procedure_adopt"),
    path("rates/", rates.rates, name="rates"),
    path("rates/<slug:what>/", rates.rates_behind, name="rates_behind"),
    path("suggestions/", learning.learning, name="learning"),
    path("suggestions/<uuid:model_id>/back/", learning.learning_back, name="learning_back"),
    path("suggestions/<uuid:model_id>/on/", learning.learning_on, name="learning_on"),
    path("search/", search.search, name="search"),
]
