"""Those who ask for a meeting: who counts, how a sheet is counted, and what a number on a plan rests on."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction

from linli.audit.models import Entry
from linli.documents.models import StoredFile
from linli.gatherings import actions
from linli.gatherings.kinds import BodyKind, CalledBy, Counted, Role
from linli.gatherings.models import Body, Gathering, Petition, Signatory, SignedSheet
from linli.gatherings.read import petitions as read
from linli.gatherings.rules import petitions as rules
from linli.kernel import clock
from linli.kernel.actor import SYSTEM
from linli.kernel.decision import Refused
from linli.people.models import Residence
from tests.documents.files import photo
from tests.gatherings import meeting as making
from tests.matters.desking import desk, shown
from tests.world import World, on

NOT_ONE = "Only those who may ask for this meeting go on the list, as the register has them."
ON_SHEET = "A signed sheet of their building is counted already. Nobody is counted twice."
BY_NAME = (
    "1 people of this building are on the list by name. Put the others on it too, or take them off and"
    " count the sheet."
)


@pytest.mark.parametrize(
    ("is_one", "is_on_sheet", "refusal"),
    [(True, False, None), (True, True, ON_SHEET), (False, False, NOT_ONE), (False, True, NOT_ONE)],
)
def test_who_goes_on_the_list(is_one, is_on_sheet, refusal) -> None:
    decision = rules.may_sign(is_one=is_one, is_on_sheet=is_on_sheet)
    assert (None if decision else str(decision)) == refusal


@pytest.mark.parametrize(
    ("count", "counted", "whole", "names", "refusal"),
    [
        (40, 0, 40, 0, None),
        (41, 0, 40, 0, "The register has 40 here, and 0 are counted already."),
        (15, 25, 40, 0, None),
        (16, 25, 40, 0, "The register has 40 here, and 25 are counted already."),
        (0, 0, 40, 0, "The register has 40 here, and 0 are counted already."),
        (1, 0, 0, 0, "The register has 0 here, and 0 are counted already."),
        (10, 0, 40, 1, BY_NAME),
    ],
)
def test_how_a_sheet_is_counted(count, counted, whole, names, refusal) -> None:
    decision = rules.may_count_sheet(count, counted=counted, whole=whole, names=names)
    assert (None if decision else str(decision)) == refusal


@pytest.fixture(autouse=True)
def _monday(db: None):
    with on("2026-11-16"):
        yield


def asked(world: World, body: Body, by: CalledBy = CalledBy.ADULTS) -> Petition:
    """Somebody asks for a meeting of the body."""
    return actions.begin_petition(by=world.actor("secretary"), body_id=body.pk, asked_by=by, about="小区停车")


def signed(world: World, row: Petition, *keys: str, off: tuple[str, ...] = ()) -> int:
    """These go on the list; gives how many ask now."""
    actions.sign(
        by=world.actor("secretary"),
        petition_id=row.pk,
        person_ids={world.persons[key] for key in keys},
        off={world.persons[key] for key in off},
    )
    return read.callers(row, clock.today())


def sheet(world: World, row: Petition, count: int, place: str = "building") -> SignedSheet:
    """A sheet signed in a building."""
    return actions.count_sheet(
        by=world.actor("secretary"), petition_id=row.pk, place_id=world.place(place), count=count,
        content=photo(), name="sheet.jpg",
    )  # fmt: skip


def assembly(world: World, kind: BodyKind = BodyKind.RESIDENTS_ASSEMBLY) -> Body:
    return making.body(world, kind, members=())


def test_adults_count_each_and_households_once(world: World) -> None:
    body = assembly(world)
    adults, households = asked(world, body), asked(world, body, CalledBy.HOUSEHOLD_REPS)
    assert signed(world, adults, "chen", "old-liu") == 2, "of one home"
    assert signed(world, households, "chen", "old-liu") == 1
    assert signed(world, households, "wang", "chen") == 2
    assert [each.whole for each in read.standing([adults, households], clock.today())] == [3, 2]
    with pytest.raises(Refused, match="Only those who may ask"):
        signed(world, adults, "grid")
    assert signed(world, adults, "wang", off=("chen", "old-liu")) == 1
    assert Signatory.objects.filter(petition=adults).count() == 1


def test_who_has_left_is_not_counted_any_more(world: World) -> None:
    row = asked(world, assembly(world))
    assert signed(world, row, "chen", "wang") == 2
    Residence.objects.filter(person=world.persons["chen"]).update(ends=date(2026, 11, 16))
    assert read.callers(row, clock.today()) == 1


def test_a_building_is_taken_by_names_or_by_sheets(world: World) -> None:
    row = asked(world, assembly(world))
    sheet(world, row, 2)
    with pytest.raises(Refused, match="The register has 3 here, and 2 are counted already"):
        sheet(world, row, 2)
    second = sheet(world, row, 1)
    assert read.callers(row, clock.today()) == 3
    with pytest.raises(Refused, match="A signed sheet of their building"):
        signed(world, row, "chen")
    actions.drop_sheet(by=world.actor("secretary"), sheet_id=second.pk)
    actions.drop_sheet(by=world.actor("secretary"), sheet_id=SignedSheet.objects.get().pk)
    assert not StoredFile.objects.exists()
    signed(world, row, "chen")
    with pytest.raises(Refused, match="1 people of this building are on the list by name"):
        sheet(world, row, 1)
    with pytest.raises(Refused, match="Choose a building of this place"):
        sheet(world, row, 1, place="grid")


def test_a_third_of_the_representatives_for_the_assembly_a_fifth_for_their_own(world: World) -> None:
    """组织法 26, 28: of six two, and one of five but two of six."""
    reps = assembly(world, BodyKind.REP_ASSEMBLY)
    people = ("secretary", "clerk", "grid", "branch", "owners")
    for key in people:
        actions.name_member(by=SYSTEM, body_id=reps.pk, role=Role.REP, person_id=world.persons[key])
    own, whole = asked(world, reps, CalledBy.REPS), asked(world, assembly(world), CalledBy.REPS)
    assert signed(world, own, "clerk") == 1
    assert making.planned(world, reps, petition_id=own.pk).callers_of == 5
    assert signed(world, whole, "clerk") == 1
    with pytest.raises(Refused, match="1 of 5 is not enough: at least 2"):
        making.planned(world, whole.body, 10, petition_id=whole.pk)
    with pytest.raises(Refused, match="Only those who may ask"):
        signed(world, whole, "wang")
    with pytest.raises(Refused, match="tick them by name"):
        sheet(world, whole, 1)
    assert signed(world, whole, "grid") == 2
    actions.name_member(by=SYSTEM, body_id=reps.pk, role=Role.REP, person_id=world.persons["caller"])
    assert making.planned(world, whole.body, 10, petition_id=whole.pk).callers_of == 6


def test_a_plan_counts_who_asked_and_the_list_stands(world: World) -> None:
    body = assembly(world)
    row = asked(world, body)
    with pytest.raises(Refused, match="Say how many asked"):
        making.planned(world, body, 10, petition_id=row.pk)
    signed(world, row, "chen")
    meeting = making.planned(world, body, 10, petition_id=row.pk)
    assert (meeting.called_by, meeting.callers, meeting.callers_of) == ("adults", 1, 3)
    with pytest.raises(Refused, match="The list stands"):
        signed(world, row, "wang")
    with pytest.raises(Refused, match="The list stands"):
        making.planned(world, body, 10, petition_id=row.pk)
    actions.cancel(by=world.actor("secretary"), gathering_id=meeting.pk, reason="停水")
    assert signed(world, row, "wang") == 2, "called off, it is asked for still"
    with pytest.raises(Refused, match="It stays with it"):
        actions.drop_petition(by=world.actor("secretary"), petition_id=row.pk)
    assert making.planned(world, body, 10, petition_id=row.pk).callers == 2
    with pytest.raises(Refused, match="another body"):
        making.planned(world, making.body(world), 10, petition_id=row.pk)
    with pytest.raises(IntegrityError), transaction.atomic():
        Gathering.objects.filter(pk=meeting.pk).update(petition=None)
    assert not any(str(world.persons["chen"]) in str(each.data) for each in Entry.objects.all())


@pytest.mark.parametrize(("entitled", "is_enough"), [(10, True), (11, False)])
def test_of_as_many_as_the_meeting_counts(world: World, entitled: int, is_enough: bool) -> None:
    """A corrected number of adults holds for the tenth of them too."""
    body = assembly(world)
    row = asked(world, body)
    signed(world, row, "chen")
    more = {"petition_id": row.pk, "entitled": entitled, "correction": "漏登"}
    if is_enough:
        assert making.planned(world, body, 10, **more).callers_of == entitled
    else:
        with pytest.raises(Refused, match="1 of 11 is not enough: at least 2"):
            making.planned(world, body, 10, **more)


def test_adults_who_ask_are_a_tenth_of_adults_also_where_households_are_counted(world: World) -> None:
    body = assembly(world)
    row = asked(world, body)
    signed(world, row, "chen")
    meeting = making.planned(
        world, body, 10, petition_id=row.pk, counted=Counted.HOUSEHOLDS, entitled=11, correction="漏登"
    )
    assert (meeting.entitled, meeting.callers_of) == (11, 3)


def test_a_fifth_of_all_owners(world: World) -> None:
    """条例 13: those who own together are one head; the developer signs nothing."""
    body = assembly(world, BodyKind.OWNERS_ASSEMBLY)
    making.own(world, "wang", "chen", label="o1")
    making.own(world, "old-liu", label="o2")
    home = world.place("home")
    making.places.note_areas(
        by=SYSTEM, under_id=home, areas={home: 10_000}, source=making.AreaSource.REGISTER
    )
    row = asked(world, body, CalledBy.OWNERS)
    assert signed(world, row, "wang", "chen") == 1
    meeting = making.planned(world, body, 15, petition_id=row.pk)
    assert (meeting.callers, meeting.callers_of) == (1, 3)


def test_a_list_given_up_leaves_nothing(world: World) -> None:
    row = asked(world, assembly(world))
    sheet(world, row, 1)
    actions.drop_petition(by=world.actor("secretary"), petition_id=row.pk)
    assert not Petition.objects.exists()
    assert not StoredFile.objects.exists()


def test_at_the_desk_from_the_body_to_the_plan(world: World) -> None:
    body, secretary = assembly(world), desk(world, "secretary")
    begun = {"asked_by": "adults", "about": "小区停车"}
    page = shown(secretary.post(f"/desk/meetings/bodies/{body.pk}/petition/", begun, follow=True))
    assert "0 of 3 ask; it takes 1" in page
    row = Petition.objects.get()
    address = f"/desk/meetings/petitions/{row.pk}/"
    page = shown(secretary.get(f"{address}?building={world.place('building')}"))
    assert page.count('name="person"') == 3
    chen, wang = str(world.persons["chen"]), str(world.persons["wang"])
    ticked = {"person": [chen, wang], "shown": [chen, wang]}
    assert "2 of 3 ask" in shown(secretary.post(f"{address}names/", ticked, follow=True))
    ticked = {"person": [wang], "shown": [chen, wang]}
    page = shown(secretary.post(f"{address}names/", ticked, follow=True))
    assert "1 of 3 ask" in page
    assert f"/desk/meetings/bodies/{body.pk}/plan/?petition={row.pk}" in page
    assert "checked><span>" in shown(secretary.get(f"{address}?building={world.place('building')}"))
    image = SimpleUploadedFile("a.jpg", photo(), "image/jpeg")
    sent = {"place": str(world.place("building4")), "count": "1", "file": image}
    answer = secretary.post(f"{address}sheets/", sent)
    assert "The register has 0 here" in shown(answer, 422)
    plan = f"/desk/meetings/bodies/{body.pk}/plan/"
    assert "has to be called" in shown(secretary.get(f"/desk/meetings/bodies/{body.pk}/"))
    assert f'value="{row.pk}" selected' in shown(secretary.get(f"{plan}?petition={row.pk}"))
    fields = {
        "title": "居民会议", "minutes": "90", "room": "院子", "starts_at": "2026-11-26T14:00",
        "petition": str(row.pk), "counted": "adults", "entitled": "", "correction": "",
    }  # fmt: skip
    assert "1 / 3" in shown(secretary.post(plan, fields, follow=True))
    assert "The list stands" in shown(secretary.get(address))


def test_nobody_else_sees_who_asks(world: World) -> None:
    body = assembly(world)
    row = asked(world, body)
    found = sheet(world, row, 1)
    for path in (f"petitions/{row.pk}/", f"petitions/sheets/{found.pk}/"):
        assert desk(world, "secretary").get(f"/desk/meetings/{path}").status_code == 200
        assert desk(world, "wang").get(f"/desk/meetings/{path}").status_code == 403
        assert desk(world, "grid").get(f"/desk/meetings/{path}").status_code == 403
