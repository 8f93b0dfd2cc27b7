"""Addresses of works for the desk."""

from django.urls import path

from linli.deliberation.web import desk_doubts, desk_works, desk_works_lines, works_books, works_photos

app_name = "works_desk"

urlpatterns = [
    path("", desk_works.all_works, name="all"),
    path("new/", desk_works.new, name="new"),
    path("works.xlsx", works_books.all_xlsx, name="all_xlsx"),
    path("<uuid:works_id>/materials.xlsx", works_books.materials_xlsx, name="materials_xlsx"),
    path("<uuid:works_id>/doubts.xlsx", works_books.doubts_xlsx, name="doubts_xlsx"),
    path("<uuid:works_id>/homes.xlsx", works_books.homes_xlsx, name="homes_xlsx"),
    path("<uuid:works_id>/", desk_works.works, name="works"),
    path("<uuid:works_id>/edit/", desk_works.edit, name="edit"),
    path("<uuid:works_id>/open/", desk_works.lay_open, name="lay_open"),
    path("<uuid:works_id>/decide/", desk_works.decide, name="decide"),
    path("<uuid:works_id>/put/", desk_works.put, name="put"),
    path("<uuid:works_id>/conclude/", desk_works.conclude, name="conclude"),
    path("<uuid:works_id>/stop/", desk_works.stop, name="stop"),
    path("<uuid:works_id>/defects/", desk_works.defect, name="defect"),
    path("<uuid:works_id>/defects/<uuid:defect_id>/", desk_works.mend, name="mend"),
    path("<uuid:works_id>/homes/", desk_works.homes, name="homes"),
    path("<uuid:works_id>/lines/<str:line>/", desk_works_lines.add, name="add"),
    path("<uuid:works_id>/lines/<str:line>/<uuid:line_id>/", desk_works_lines.change, name="change"),
    path("<uuid:works_id>/lines/<str:line>/<uuid:line_id>/drop/", desk_works_lines.drop, name="drop"),
    path("<uuid:works_id>/papers/add/", desk_works_lines.paper, name="paper"),
    path("<uuid:works_id>/papers/<uuid:paper_id>/drop/", desk_works_lines.drop_paper, name="drop_paper"),
    path("<uuid:works_id>/material/<uuid:material_id>/look/", desk_works_lines.look, name="look"),
    path("<uuid:works_id>/doubts/hear/", desk_doubts.hear, name="hear"),
    path("doubts/<uuid:doubt_id>/", desk_doubts.doubt, name="doubt"),
    path("doubts/<uuid:doubt_id>/answer/", desk_doubts.answer, name="answer"),
    path("doubts/<uuid:doubt_id>/explain/", desk_doubts.explain, name="explain"),
    path("doubts/<uuid:doubt_id>/hide/", desk_doubts.hide, name="hide"),
    path("photos/<uuid:photo_id>/out/", works_photos.take_out, name="photo_out"),
]
