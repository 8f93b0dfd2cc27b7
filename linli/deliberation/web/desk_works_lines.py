"""What a file of works is made of, at the desk: options, parts, materials, warranties, papers."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linli.deliberation.actions import works_lines as acts
from linli.deliberation.forms.works import (
    LookForm,
    MaterialForm,
    OptionForm,
    PaperForm,
    PartForm,
    WarrantyForm,
)
from linli.deliberation.kinds import Line
from linli.deliberation.read import works as read
from linli.deliberation.web.desk_works import KEEPERS, ROUNDS, address, form_page, kept
from linli.frame.doors import actor_of, done, door
from linli.kernel.clock import today
from linli.kernel.decision import MISSING, Refused


@dataclass(frozen=True, slots=True)
class Kind:
    """How one kind of line is written: its form, its heading, which act keeps it."""

    form: Any
    title: Any
    keep: Callable[..., Any]
    named: str


LINES = {
    Line.OPTION: Kind(OptionForm, gettext_lazy("An option"), acts.keep_option, "option_id"),
    Line.PART: Kind(PartForm, gettext_lazy("A part of the works"), acts.keep_part, "part_id"),
    Line.MATERIAL: Kind(MaterialForm, gettext_lazy("A material"), acts.keep_material, "material_id"),
    Line.WARRANTY: Kind(WarrantyForm, gettext_lazy("A warranty"), acts.keep_warranty, "warranty_id"),
}


@door(KEEPERS, methods=("GET", "POST"))
def add(request: HttpRequest, works_id: UUID, line: str) -> HttpResponse:
    """Write a new line."""
    return _written(request, works_id, _line(line), None)


@door(KEEPERS, methods=("GET", "POST"))
def change(request: HttpRequest, works_id: UUID, line: str, line_id: UUID) -> HttpResponse:
    """Write a line anew."""
    return _written(request, works_id, _line(line), line_id)


@door(KEEPERS, methods=("POST",))
def drop(request: HttpRequest, works_id: UUID, line: str, line_id: UUID) -> HttpResponse:
    """Take a line out."""
    by, which = actor_of(request), _line(line)
    kept(request, works_id)
    return done(
        request,
        lambda: acts.drop(by=by, works_id=works_id, line=which, line_id=line_id),
        _("Taken out."),
        to=address(works_id),
    )


@door(KEEPERS, methods=("GET", "POST"))
def paper(request: HttpRequest, works_id: UUID) -> HttpResponse:
    """Lay a photo or document open."""
    row, by = kept(request, works_id), actor_of(request)
    held = read.inside(row.pk)
    belongs_to = [(f"part:{each.pk}", each.title) for each in held.parts]
    belongs_to += [(f"material:{each.pk}", each.name) for each in held.materials]
    initial = {"of": request.GET.get("of", "")}
    form = PaperForm(request.POST or None, request.FILES or None, initial=initial, belongs_to=belongs_to)
    if request.method == "POST" and form.is_valid():
        what, _mark, key = form.cleaned_data["of"].partition(":")
        of = {f"{what}_id": UUID(key)} if key else {}
        return done(
            request,
            lambda: acts.add_paper(by=by, works_id=works_id, upload=form.upload(), **of),
            _("Laid open."),
            to=address(works_id),
        )
    return form_page(request, row, form, _("Lay a photo or document open"), submit=_("Lay it open"))


@door(KEEPERS, methods=("POST",))
def drop_paper(request: HttpRequest, works_id: UUID, paper_id: UUID) -> HttpResponse:
    """Take a paper out."""
    by = actor_of(request)
    kept(request, works_id)
    return done(
        request, lambda: acts.remove_paper(by=by, paper_id=paper_id), _("Taken out."), to=address(works_id)
    )


@door(ROUNDS, methods=("GET", "POST"))
def look(request: HttpRequest, works_id: UUID, material_id: UUID) -> HttpResponse:
    """Write down that somebody looked at a material."""
    row, by = kept(request, works_id, at_doors=True), actor_of(request)
    form = LookForm(request.POST or None, request.FILES or None, initial={"done_on": today()})
    if request.method == "POST" and form.is_valid():
        return done(
            request,
            lambda: acts.look_at(
                by=by, works_id=works_id, material_id=material_id, look=form.look(), photos=form.photos()
            ),
            _("Written down for everybody to read."),
            to=address(works_id),
        )
    return form_page(request, row, form, _("Somebody looked at the material"))


def _line(line: str) -> Line:
    if line not in list(Line):
        raise Refused(read.NOT_HERE, status=MISSING)
    return Line(line)


def _written(request: HttpRequest, works_id: UUID, line: Line, line_id: UUID | None) -> HttpResponse:
    row, by, kind = kept(request, works_id), actor_of(request), LINES[line]
    before = read.part_of(row.pk, acts.TABLES[line], line_id) if line_id else None
    initial = kind.form.initial_of(before) if before else None
    form = kind.form(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        which = {kind.named: line_id}
        return done(
            request,
            lambda: kind.keep(by=by, works_id=works_id, kept=form.kept(), **which),
            _("Kept."),
            to=address(works_id),
        )
    return form_page(request, row, form, str(kind.title))
