"""Triage learns from decisions: suggestions kept beside them, versions, going back, what a job refines."""

from datetime import timedelta

import pytest

from linli.audit.models import Entry
from linli.kernel import clock
from linli.kernel.actor import SYSTEM
from linli.kernel.decision import Denied, Refused
from linli.matters import jobs, policies
from linli.matters.actions import learning as acts
from linli.matters.actions import raising
from linli.matters.actions.sorting import Triage, triage
from linli.matters.kinds import Event, Guess, Level, ModelState, Urgency
from linli.matters.models import Judged, Matter, Refinement, Steering, TriageModel
from linli.matters.read import learning as read
from linli.matters.read import suggesting
from linli.matters.rules import learning as rules
from linli.matters.triage import learning, meaning
from linli.matters.triage.model import Answer
from linli.matters.triage.taxonomy import load_taxonomy
from linli.matters.triage.words import Learnt, suggest
from linli.organizations import actions as organizations
from tests import world as worlds
from tests.matters.desking import MOST_QUERIES, desk, queries, sent, shown
from tests.world import World, on

needs_learning = pytest.mark.skipif(not learning.available(), reason="the extra `learning` is not installed")

# The list of words knows none of these; what staff decide is all there is to learn from.
HOUSE = {
    "parcel": "蓝盒子打不开，格口弹不开，蓝盒子卡住了",
    "leisure": "大转盘转不动，大转盘的轴响，转盘歪了",
}


WHY = "新版本把快递柜认成了路灯"


def _raise(world: World, text: str, title: str = "") -> Matter:
    said = raising.Raised(place_id=world.place("home"), text=text, title=title)
    return raising.raise_matter(by=world.actor("wang"), raised=said).matter


def _decide(world: World, matter: Matter, category: str) -> None:
    decision = Triage(category, Level.SETTLE_AT_ONCE, Urgency.ORDINARY)
    triage(by=world.actor("grid"), matter_id=matter.id, decision=decision)


def _teach(world: World, times: int = 22) -> None:
    """Decisions enough to learn two categories, over some days so that nobody is stopped for haste."""
    for number in range(times):
        with on("2026-11-17", 9 + number % 8, number):
            for code, text in HOUSE.items():
                _decide(world, _raise(world, f"{number}号楼旁{text}"), code)


@pytest.fixture
def taught(world: World) -> World:
    _teach(world)
    return world


@pytest.mark.parametrize(
    ("counts", "reason"),
    [
        ({"a": 60}, "Fewer than two"),
        ({"a": 20, "b": 19}, "Fewer than %(least)s decisions"),
        ({"a": 20, "b": 20}, ""),
    ],
)
def test_when_decisions_teach_anything(counts: dict[str, int], reason: str) -> None:
    found = rules.may_be_learnt(counts)
    assert (found.reason if isinstance(found, Denied) else "").startswith(reason)
    assert bool(found) is not bool(reason)


@pytest.mark.parametrize(
    ("new", "active", "pinned", "over"),
    [
        (0.5, None, False, True),
        (0.80, 0.82, False, True),
        (0.70, 0.82, False, False),
        (0.99, 0.10, True, False),
    ],
)
def test_a_clearly_worse_version_and_one_beside_a_pinned_one_are_not_used(
    new: float, active: float | None, pinned: bool, over: bool
) -> None:
    assert rules.takes_over(new, active, pinned=pinned) is over


def test_a_tally_says_what_was_kept_changed_and_silent() -> None:
    found = rules.tally([("a", "a"), ("a", "b"), ("", "b")])
    assert (found.total, found.right, found.changed, found.silent, found.accuracy) == (3, 1, 1, 1, 0.5)
    assert rules.tally([("", "b")]).accuracy is None
    assert [code for code, _ in rules.by_category([("", "b"), ("a", "b"), ("a", "a")])] == ["b", "a"]


def test_rare_categories_are_not_learnt() -> None:
    assert rules.learnable(["a"] * 5 + ["b"] * 4) == {"a"}


def test_a_learnt_category_never_hides_danger_or_what_belongs_elsewhere() -> None:
    learnt = Learnt("parcel", 0.99, ("蓝盒子",), 30)
    plain = suggest("楼上着火了，快来救人", "", load_taxonomy())
    led = suggest("楼上着火了，快来救人", "", load_taxonomy(), learnt)
    assert led.category == "parcel"
    assert (led.level, led.urgency, led.out_of_scope) == (plain.level, plain.urgency, plain.out_of_scope)
    assert led.urgency is Urgency.LIFE


def test_a_suggestion_says_how_often_it_was_decided_and_by_which_words() -> None:
    led = suggest("蓝盒子打不开", "", load_taxonomy(), Learnt("parcel", 0.9, ("蓝盒子", "打不开"), 30))
    reason = str(led.categories[0].reason)
    assert "30 times" in reason
    assert "蓝盒子、打不开" in reason


def test_learning_is_nobodys_post(world: World) -> None:
    for key in ("wang", "grid", "clerk", "secretary"):
        assert not policies.may_learn(world.actor(key))
    with pytest.raises(Refused, match="installation itself"):
        acts.learn(by=world.actor("secretary"), place_ids=[None])


def test_what_was_suggested_stands_beside_what_was_decided(world: World) -> None:
    with on("2026-11-18"):
        matter = _raise(world, "楼道灯坏了一个多星期，晚上看不见台阶。")
        _decide(world, matter, "street_lamp")
    judged = Judged.objects.get(matter=matter)
    assert (judged.guess, judged.suggested, judged.decided) == (Guess.WORDS, "corridor_lamp", "street_lamp")


@needs_learning
def test_decisions_teach_and_the_next_suggestion_follows_them(taught: World) -> None:
    with on("2026-11-18"):
        before = _raise(taught, "楼下蓝盒子又打不开了")
        assert suggesting.suggested(before).guess in (Guess.NONE, Guess.WORDS)
        assert jobs.learn_from_decisions() == 2  # of all, and of the community
        found = suggesting.suggested(Matter.objects.get(id=before.id))
        assert (found.guess, found.suggestion.category) == (Guess.LEARNT, "parcel")
        assert Matter.objects.get(id=before.id).category == ""  # nothing moved by itself


@needs_learning
def test_too_little_teaches_nothing(world: World) -> None:
    with on("2026-11-18"):
        _decide(world, _raise(world, "蓝盒子打不开"), "parcel")
        assert jobs.learn_from_decisions() == 0
    assert not TriageModel.objects.exists()


@needs_learning
def test_confidential_matters_teach_nothing(taught: World) -> None:
    Matter.objects.update(confidential=True)
    assert read.decided().examples == []


@needs_learning
def test_a_pinned_version_stays_until_it_is_let_go(taught: World) -> None:
    community = Matter.objects.first().community_id  # type: ignore[union-attr]
    with on("2026-11-18"):
        [first] = acts.learn(by=SYSTEM, place_ids=[community])
        acts.learn(by=SYSTEM, place_ids=[community])
        assert _active(community) == 2
        with pytest.raises(Refused, match="choosing what suggestions follow"):
            acts.go_back(by=taught.actor("wang"), model_id=first.id, why=WHY)
        acts.go_back(by=taught.actor("secretary"), model_id=first.id, why=WHY)
        assert _active(community) == 1
        acts.learn(by=SYSTEM, place_ids=[community])
        assert _active(community) == 1
        acts.learn_on(by=taught.actor("secretary"), model_id=first.id, why="新的更准")
        acts.learn(by=SYSTEM, place_ids=[community])
        assert _active(community) == 4
    assert TriageModel.objects.filter(place_id=community).count() == 4


def _active(community: object) -> int:
    return TriageModel.objects.get(place_id=community, state=ModelState.ACTIVE).version


@needs_learning
@pytest.mark.skipif(not meaning.available(), reason="the encoder is not installed")
def test_a_job_refines_what_nobody_has_sorted_and_leaves_the_rest(taught: World) -> None:
    with on("2026-11-18"):
        acts.learn(by=SYSTEM, place_ids=[None])
        matter = _raise(taught, "楼下蓝盒子又打不开了")
        assert jobs.refine_new() == 1
        assert jobs.refine_new() == 0  # done with this version
        found = suggesting.suggested(matter)
        assert (found.guess, found.suggestion.category) == (Guess.MEANING, "parcel")
        _decide(taught, matter, "leisure")
    assert not Refinement.objects.exists()
    assert Judged.objects.get(matter=matter).guess == Guess.MEANING
    model = TriageModel.objects.get()
    late = acts.refine(by=SYSTEM, matter_id=matter.id, model_id=model.id, found=Answer((("parcel", 0.9),)))
    assert late is None


@needs_learning
def test_the_page_shows_figures_with_their_counts_and_goes_back(taught: World) -> None:
    community = Matter.objects.first().community_id  # type: ignore[union-attr]
    with on("2026-11-18"):
        [first] = acts.learn(by=SYSTEM, place_ids=[community])
        acts.learn(by=SYSTEM, place_ids=[community])
        browser = desk(taught, "secretary")
        page = shown(browser.get("/desk/suggestions/"))
        assert "Version 2" in page
        assert "44 decisions, 44 of them here" in page
        assert "By category decided" in page
        sent(browser.post(f"/desk/suggestions/{first.id}/back/", {"community": str(community), "why": WHY}))
        assert "kept to" in shown(browser.get("/desk/suggestions/"))
        assert queries(browser, "/desk/suggestions/") <= MOST_QUERIES
        go = f"/desk/suggestions/{first.id}/on/"
        assert "Please say why" in shown(browser.post(go, {"community": str(community), "why": " "}), 422)
        sent(browser.post(go, {"community": str(community), "why": "新的更准"}))
        page = shown(browser.get("/desk/suggestions/"))
        assert "kept to" not in page
        assert WHY in page
        assert "let version 1 go" in page


@needs_learning
def test_what_all_communities_share_is_gone_back_to_by_who_runs_the_installation(taught: World) -> None:
    with on("2026-11-18"):
        first, second = acts.learn(by=SYSTEM, place_ids=[None, None])
        assert second.seconds
        organizations.name_administrator(by=SYSTEM, person_id=taught.persons["street"])
        secretary, keeper = (desk(taught, key) for key in ("secretary", "street"))
        back = f"/desk/suggestions/{first.id}/back/"
        shown(secretary.post(back, {"why": WHY}), 403)
        assert f'action="{back}"' not in shown(secretary.get("/desk/suggestions/"))
        page = shown(keeper.get("/desk/suggestions/"))
        assert "44 decisions · 2 categories" in page
        assert f"learnt in {second.seconds:.1f} s" in page
        assert "Please say why" in shown(keeper.post(back, {"why": ""}), 422)
        sent(keeper.post(back, {"why": WHY}))
        assert TriageModel.objects.get(place=None, state=ModelState.ACTIVE).id == first.id
        acts.learn(by=SYSTEM, place_ids=[None])
        assert TriageModel.objects.get(place=None, state=ModelState.ACTIVE).pinned
        assert WHY in shown(secretary.get("/desk/suggestions/"))
    steering = Steering.objects.get()
    assert (steering.by_id, steering.why, steering.back) == (taught.persons["street"], WHY, True)
    entry = Entry.objects.get(event=Event.TRIAGE_WENT_BACK)
    assert (entry.actor_id, entry.data) == (taught.persons["street"], {"version": 1, "of_all": True})


@needs_learning
def test_who_runs_the_installation_and_has_no_community_sees_what_is_shared(taught: World) -> None:
    with on("2026-11-18"):
        acts.learn(by=SYSTEM, place_ids=[None])
        worlds.add_person(taught, "keeper", "管机房的")
        organizations.name_administrator(by=SYSTEM, person_id=taught.persons["keeper"])
        assert "44 decisions" in shown(desk(taught, "keeper").get("/desk/suggestions/"))


def test_the_page_before_anything_was_sorted(world: World) -> None:
    page = shown(desk(world, "clerk").get("/desk/suggestions/"))
    assert "Nothing was sorted yet" in page
    assert "the list of words answers" in page


def test_a_resident_does_not_see_the_page(world: World) -> None:
    assert desk(world, "wang").get("/desk/suggestions/").status_code == 403


def test_old_decisions_are_not_shown(world: World) -> None:
    with on("2026-11-17"):
        _decide(world, _raise(world, "楼道灯坏了"), "corridor_lamp")
    with on("2027-03-01"):
        since = clock.now() - timedelta(days=90)
        assert read.decisions(Judged.objects.get().community_id, since) == []
