"""A community's own procedures, by their actions: who may, what is refused and why, what is recorded."""

from uuid import UUID, uuid4

import pytest

from linli.audit.models import Entry
from linli.kernel.actor import ANONYMOUS, SYSTEM, Actor, ActorKind, Grant
from linli.kernel.decision import Refused
from linli.matters import policies
from linli.matters.actions import drafts, procedures
from linli.matters.kinds import Power, Use
from linli.matters.models import Adoption, ProcedureDraft, ProcedureVersion
from linli.matters.procedures.writing import to_yaml
from linli.matters.read import settings
from tests.world import World, on

PATH = "/620201/002/006/"


def holder(power: str, path: str) -> Actor:
    """Somebody with one power over one place."""
    return Actor(uuid4(), (Grant(power, path, None, None, None),), ActorKind.PERSON)


MAY = [
    (holder(Power.ADOPT, PATH), True),
    (holder(Power.ADOPT, "/620201/"), True),
    (holder(Power.ADOPT, "/620201/002/005/"), False),
    (holder(Power.ADOPT, f"{PATH}g01/"), False),
    (holder(Power.MOVE, PATH), False),
    (SYSTEM, True),
    (ANONYMOUS, False),
]


@pytest.mark.parametrize(("actor", "allowed"), MAY)
def test_who_may_change_procedures_and_limits(actor: Actor, allowed: bool) -> None:
    reasons = {
        policies.may_change_procedures: "Your post does not include changing procedures here.",
        policies.may_set_limit: "Your post does not include setting limits here.",
        policies.may_adopt: "Your post does not include choosing procedures.",
    }
    for policy, reason in reasons.items():
        decision = policy(actor, PATH)
        assert bool(decision) is allowed
        assert allowed or str(decision) == reason


def test_what_comes_with_linli_is_everybodys_and_a_communitys_own_its_own() -> None:
    here, there = uuid4(), uuid4()
    assert policies.may_adopt_version(None, here)
    assert policies.may_adopt_version(here, here)
    assert str(policies.may_adopt_version(there, here)).startswith("This is another community's own.")


def begun(world: World, name: str = "five-affairs") -> ProcedureDraft:
    version = ProcedureVersion.objects.get(name=name)
    return drafts.begin_draft(
        by=world.actor("secretary"), community_id=world.place("community"), version_id=version.id
    )


def shorter(draft: ProcedureDraft, limit: str = "3 workdays") -> str:
    return draft.text.replace("within: 5 workdays", f"within: {limit}")


def published(world: World, draft: ProcedureDraft, limit: str, use: Use | None = None) -> ProcedureVersion:
    by = world.actor("secretary")
    saved = drafts.save_draft(by=by, draft_id=draft.id, revision=1, text=shorter(draft, limit)).draft
    return drafts.publish_draft(by=by, draft_id=draft.id, revision=saved.revision, use=use)


def test_each_publication_is_a_version_of_its_own(world: World) -> None:
    first = published(world, begun(world), "3 workdays", Use.DEFAULT)
    second = published(world, begun(world), "4 workdays")
    assert (first.name, first.version, second.version) == (second.name, 1, 2)
    assert first.based_on_id == second.based_on_id
    followed = Adoption.objects.filter(community_id=world.place("community"), ends=None, is_default=True)
    assert [row.procedure_id for row in followed] == [first.id]


def test_a_third_version_made_from_the_communitys_own_takes_its_place(world: World) -> None:
    first = published(world, begun(world), "3 workdays", Use.DEFAULT)
    by = world.actor("secretary")
    draft = drafts.begin_draft(by=by, community_id=world.place("community"), version_id=first.id)
    text = draft.text.replace("within: 3 workdays", "within: 2 workdays")
    drafts.save_draft(by=by, draft_id=draft.id, revision=1, text=text)
    second = drafts.publish_draft(by=by, draft_id=draft.id, revision=2, use=Use.DEFAULT)
    running = Adoption.objects.filter(community_id=world.place("community"), ends=None)
    assert {row.procedure.name for row in running} == {"plain", second.name}
    assert settings.procedure(second).step("discuss").within == "2 workdays"


REFUSED = [
    ("revision", 409, "Somebody saved this draft"),
    ("fault", 422, "Something is still wrong"),
    ("same", 422, "Nothing is different"),
    ("stranger", 403, "does not include changing procedures"),
    ("gone", 404, "not here any more"),
]


@pytest.mark.parametrize(("case", "status", "reason"), REFUSED)
def test_a_publication_is_refused_with_its_reason(world: World, case: str, status: int, reason: str) -> None:
    draft, by = begun(world), world.actor("clerk" if case == "stranger" else "secretary")
    texts = {"same": draft.text, "fault": shorter(draft, "300 workdays")}
    text = texts.get(case, shorter(draft))
    drafts.save_draft(by=world.actor("secretary"), draft_id=draft.id, revision=1, text=text)
    draft_id: UUID = uuid4() if case == "gone" else draft.id
    revision = 1 if case == "revision" else 2
    with pytest.raises(Refused, match=reason) as refused:
        drafts.publish_draft(by=by, draft_id=draft_id, revision=revision, use=Use.DEFAULT)
    assert refused.value.status == status
    assert not ProcedureVersion.objects.filter(community__isnull=False).exists()


def test_a_vacancy_that_falls_to_nobody_is_refused_and_one_that_falls_to_somebody_is_not(
    world: World,
) -> None:
    assert published(world, begun(world, "plain"), "3 workdays").version == 1
    draft, by = begun(world, "plain"), world.actor("secretary")
    text = draft.text.replace("holder: callback_clerk", "holder: building_head")
    drafts.save_draft(by=by, draft_id=draft.id, revision=1, text=text)
    with pytest.raises(Refused, match="Something is still wrong"):
        drafts.publish_draft(by=by, draft_id=draft.id, revision=2)


def test_anothers_own_is_neither_adopted_nor_copied_but_its_file_may_be_brought_in(world: World) -> None:
    own = published(world, begun(world), "3 workdays")
    elsewhere = holder(Power.ADOPT, "/620201/002/005/")
    for act in (procedures.adopt, drafts.begin_draft):
        with pytest.raises(Refused, match="another community's own"):
            act(by=elsewhere, community_id=world.place("other"), version_id=own.id)
    clerk = Actor(world.persons["clerk"], elsewhere.grants, ActorKind.PERSON)
    text = to_yaml(settings.procedure(own))
    draft = drafts.take_in(by=clerk, community_id=world.place("other"), text=text)
    assert draft.text.startswith("procedure: five-affairs-")
    assert "-620201002005\n" in draft.text
    with pytest.raises(Refused, match="cannot be read"):
        drafts.take_in(by=clerk, community_id=world.place("other"), text="steps: []")


def test_every_act_on_a_draft_is_recorded_without_its_words(world: World) -> None:
    draft = begun(world)
    drafts.save_draft(by=world.actor("secretary"), draft_id=draft.id, revision=1, text=shorter(draft))
    drafts.drop_draft(by=world.actor("secretary"), draft_id=draft.id)
    entries = Entry.objects.filter(subject_kind="ProcedureDraft").order_by("at", "id")
    assert [entry.event for entry in entries] == [
        "matters.procedure_drafted",
        "matters.procedure_drafted",
        "matters.procedure_draft_dropped",
    ]
    assert all("within" not in str(entry.data) for entry in entries)
    with pytest.raises(Refused, match="not here any more"):
        drafts.drop_draft(by=world.actor("secretary"), draft_id=draft.id)


def test_a_local_limit_begins_today_or_later(world: World) -> None:
    with on("2026-11-18") as moment:
        with pytest.raises(Refused, match="today or later") as refused:
            procedures.set_local_rule(
                by=world.actor("secretary"),
                place_id=world.place("community"),
                key="reopen",
                value="10 days",
                starts=moment.date().replace(day=17),
            )
        assert refused.value.status == 422
