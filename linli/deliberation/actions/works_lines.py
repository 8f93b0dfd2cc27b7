"""What a works' file is made of: options, parts, materials, warranties, papers, looks at materials."""

from dataclasses import dataclass
from datetime import date
from typing import Final, TypeVar
from uuid import UUID

from django.db import models, transaction

from linli.audit import actions as audit
from linli.deliberation.actions.words import line_of, words_of
from linli.deliberation.actions.works import locked_to_write
from linli.deliberation.kinds import Event, Line, PaperKind, WarrantyKind, WorksStage
from linli.deliberation.models import (
    Defect,
    Doubt,
    MaterialCheck,
    Warranty,
    Works,
    WorksMaterial,
    WorksOption,
    WorksPaper,
    WorksPart,
)
from linli.deliberation.policies import works as policies
from linli.deliberation.read import works as read
from linli.deliberation.rules import works as rules
from linli.deliberation.rules.opening import LONGEST_TITLE, LONGEST_WORDS
from linli.deliberation.rules.works import Seasons
from linli.documents import actions as documents
from linli.kernel.actor import Actor
from linli.kernel.clock import today
from linli.kernel.decision import CONFLICT, UNPROCESSABLE, Refused, accept, person_of, require
from linli.kernel.text import clean, one_line

Of = TypeVar("Of", WorksOption, WorksPart, WorksMaterial, Warranty)
TABLES: Final[dict[Line, type[models.Model]]] = {
    Line.OPTION: WorksOption,
    Line.PART: WorksPart,
    Line.MATERIAL: WorksMaterial,
    Line.WARRANTY: Warranty,
}


@dataclass(frozen=True, slots=True)
class Option:
    """One way to do it; the four amounts in fen."""

    title: str
    about: str = ""
    from_owners: int = 0
    from_fund: int = 0
    from_public: int = 0
    from_others: int = 0
    others_are: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the works: the days planned, the days it took."""

    title: str
    plan_from: date
    plan_to: date
    began_on: date | None = None
    ended_on: date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Material:
    """A material: what for, whose make, which grade and batch, when it came."""

    name: str
    used_for: str
    maker: str
    grade: str = ""
    batch: str = ""
    arrived_on: date | None = None


@dataclass(frozen=True, slots=True)
class Promise:
    """A warranty: months, or for heating and cooling the days of a season."""

    kind: WarrantyKind
    title: str
    months: int | None = None
    seasons: Seasons | None = None


@dataclass(frozen=True, slots=True)
class Look:
    """Who looked at a material (no names), when, and what they found."""

    done_on: date
    done_by: str
    found: str


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it was sent."""

    content: bytes
    name: str
    kind: PaperKind = PaperKind.PHOTO


@transaction.atomic
def keep_option(*, by: Actor, works_id: UUID, kept: Option, option_id: UUID | None = None) -> WorksOption:
    """Write an option down, or anew, before it is decided."""
    works = locked_to_write(by, works_id)
    _comparing(by, works)
    row = _line(works, WorksOption, option_id)
    others = one_line(kept.others_are)[:LONGEST_TITLE]
    amounts = (kept.from_owners, kept.from_fund, kept.from_public, kept.from_others)
    accept(rules.fault_of_money(amounts, others, kept.from_others))
    row.title = line_of(kept.title, "Give it a title.")
    row.about = clean(kept.about)[:LONGEST_WORDS]
    row.from_owners, row.from_fund, row.from_public, row.from_others = amounts
    row.others_are = others
    row.save()
    _kept(by, works, Line.OPTION)
    return row


@transaction.atomic
def keep_part(*, by: Actor, works_id: UUID, kept: Part, part_id: UUID | None = None) -> WorksPart:
    """Write a part down, or anew: the plan, and the days it took once the works have begun."""
    works = locked_to_write(by, works_id)
    row = _line(works, WorksPart, part_id)
    accept(rules.fault_of_plan(kept.plan_from, kept.plan_to))
    accept(rules.fault_of_days(kept.began_on, kept.ended_on, today()))
    if kept.began_on and works.stage in (WorksStage.DRAFT.value, WorksStage.PLANNED.value):
        raise Refused("The works begin once it is decided which option is built.", status=CONFLICT)
    row.title = line_of(kept.title, "Give it a title.")
    row.plan_from, row.plan_to = kept.plan_from, kept.plan_to
    row.began_on, row.ended_on = kept.began_on, kept.ended_on
    row.note = clean(kept.note)[:LONGEST_WORDS]
    row.save()
    _kept(by, works, Line.PART)
    return row


@transaction.atomic
def keep_material(
    *, by: Actor, works_id: UUID, kept: Material, material_id: UUID | None = None
) -> WorksMaterial:
    """Write a material down, or anew."""
    works = locked_to_write(by, works_id)
    row = _line(works, WorksMaterial, material_id)
    if kept.arrived_on and kept.arrived_on > today():
        raise Refused("This day is still to come.", status=UNPROCESSABLE)
    row.name = line_of(kept.name, "Say what the material is.")
    row.used_for = line_of(kept.used_for, "Say what it is used for.")
    row.maker = line_of(kept.maker, "Say who makes it.")
    row.grade = one_line(kept.grade)[:LONGEST_TITLE]
    row.batch = one_line(kept.batch)[:LONGEST_TITLE]
    row.arrived_on = kept.arrived_on
    row.save()
    _kept(by, works, Line.MATERIAL)
    return row


@transaction.atomic
def keep_warranty(*, by: Actor, works_id: UUID, kept: Promise, warranty_id: UUID | None = None) -> Warranty:
    """Write a warranty down, or anew, until acceptance: never shorter than the law asks."""
    works = locked_to_write(by, works_id)
    row = _line(works, Warranty, warranty_id)
    accept(rules.fault_of_warranty(kept.kind, kept.months, kept.seasons))
    heating = kept.kind is WarrantyKind.HEATING
    row.kind, row.title = kept.kind.value, line_of(kept.title, "Say what is under warranty.")
    row.months = None if heating else kept.months
    row.season_first = kept.seasons.first if heating and kept.seasons else ""
    row.season_last = kept.seasons.last if heating and kept.seasons else ""
    row.save()
    _kept(by, works, Line.WARRANTY)
    return row


@transaction.atomic
def drop(*, by: Actor, works_id: UUID, line: Line, line_id: UUID) -> Works:
    """Take out what was written by mistake; what has papers or was doubted stays, to be written anew."""
    works = locked_to_write(by, works_id)
    if line is Line.OPTION:
        _comparing(by, works)
    row = read.part_of(works.pk, TABLES[line], line_id)
    if isinstance(row, WorksPart | WorksMaterial) and row.papers.exists():
        raise Refused("It has papers. Take them out first, or write it anew.", status=CONFLICT)
    if isinstance(row, WorksMaterial) and (
        Doubt.objects.filter(material=row).exists() or MaterialCheck.objects.filter(material=row).exists()
    ):
        raise Refused("Neighbours have looked at it or doubted it. Write it anew instead.", status=CONFLICT)
    is_shown = isinstance(row, WorksOption | WorksPart) and works.stage != WorksStage.DRAFT.value
    if is_shown and not TABLES[line]._default_manager.filter(works=works).exclude(pk=row.pk).exists():
        raise Refused("Residents have the file before them; one has to stay.", status=CONFLICT)
    row.delete()
    audit.record(
        Event.WORKS_LINE_DROPPED, by=by, subject=works, place_path=works.place.path, data={"line": line.value}
    )
    return works


@transaction.atomic
def add_paper(
    *,
    by: Actor,
    works_id: UUID,
    upload: Upload,
    part_id: UUID | None = None,
    material_id: UUID | None = None,
) -> WorksPaper:
    """Lay a photo or document open, with a part or a material where it belongs to one."""
    works = locked_to_write(by, works_id)
    part = read.part_of(works.pk, WorksPart, part_id) if part_id else None
    material = read.part_of(works.pk, WorksMaterial, material_id) if material_id else None
    row = _paper(by, works, upload, part=part, material=material)
    audit.record(
        Event.WORKS_FILED, by=by, subject=works, place_path=works.place.path, data={"kind": upload.kind.value}
    )
    return row


@transaction.atomic
def remove_paper(*, by: Actor, paper_id: UUID) -> Works:
    """Take out a paper laid open by mistake: a wrong file, a face in a photo."""
    row = read.paper(paper_id)
    works = read.works_for_update(row.works_id)
    require(policies.may_keep(by, works.place.path))
    file_id = row.file_id
    row.delete()
    documents.remove(by=by, file_id=file_id)
    audit.record(Event.WORKS_UNFILED, by=by, subject=works, place_path=works.place.path)
    return works


@transaction.atomic
def look_at(
    *, by: Actor, works_id: UUID, material_id: UUID, look: Look, photos: tuple[Upload, ...] = ()
) -> MaterialCheck:
    """Write down that somebody looked whether a material is what its papers say, with photos."""
    works = read.works_for_update(works_id)
    require(policies.may_go_round(by, works.place.path))
    decision = policies.may_enter_doubt(by, stage=WorksStage(works.stage), place_path=works.place.path)
    require(decision, status=CONFLICT)
    material = read.part_of(works.pk, WorksMaterial, material_id)
    if look.done_on > today():
        raise Refused("This day is still to come.", status=UNPROCESSABLE)
    row = MaterialCheck.objects.create(
        material=material,
        done_on=look.done_on,
        done_by=line_of(look.done_by, "Say who looked, without names."),
        found=words_of(look.found),
        recorded_by_id=person_of(by),
    )
    for each in photos:
        _paper(by, works, each, check_of=row)
    audit.record(Event.WORKS_CHECKED, by=by, subject=works, place_path=works.place.path)
    return row


def _paper(
    by: Actor,
    works: Works,
    upload: Upload,
    *,
    part: WorksPart | None = None,
    material: WorksMaterial | None = None,
    check_of: MaterialCheck | None = None,
    defect: Defect | None = None,
) -> WorksPaper:
    if works.papers.count() >= rules.MOST_PAPERS:
        raise Refused("%(count)s papers are enough.", {"count": rules.MOST_PAPERS}, status=CONFLICT)
    file = documents.store(by=by, content=upload.content, name=upload.name)
    return WorksPaper.objects.create(
        works=works,
        part=part,
        material=material,
        check_of=check_of,
        defect=defect,
        kind=upload.kind.value,
        file=file,
        added_by_id=person_of(by),
    )


def _line(works: Works, model: type[Of], row_id: UUID | None) -> Of:
    """The line to write anew, or a new one with the next number."""
    if row_id is not None:
        return read.part_of(works.pk, model, row_id)
    number = read.next_number(works.pk, model)
    if number > rules.MOST_LINES:
        raise Refused("%(count)s are enough.", {"count": rules.MOST_LINES}, status=CONFLICT)
    return model(works=works, number=number)


def _comparing(by: Actor, works: Works) -> None:
    stage = WorksStage(works.stage)
    require(policies.may_compare(by, stage=stage, place_path=works.place.path), status=CONFLICT)


def _kept(by: Actor, works: Works, line: Line) -> None:
    audit.record(
        Event.WORKS_LINE_KEPT, by=by, subject=works, place_path=works.place.path, data={"line": line.value}
    )
