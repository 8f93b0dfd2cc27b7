"""Who takes part is said where a step settles it: ticked of those it names, kept in the story, changeable."""

import pytest
from django.http import QueryDict

from linli.kernel.actor import SYSTEM
from linli.kernel.decision import Refused
from linli.matters.actions import moving, procedures, raising
from linli.matters.forms.practice import read_outline
from linli.matters.kinds import Channel, MatterKind
from linli.matters.models import Matter, ProcedureVersion
from linli.matters.procedures.describe import describe
from linli.matters.procedures.loader import check, load_folder
from linli.matters.procedures.outline import of_values, values_of
from linli.matters.procedures.writing import to_yaml, written
from linli.matters.rules.steps import taking_part
from tests.matters.desking import desk, sent, shown
from tests.world import World, on

CONSULTATION = next(
    each for one in load_folder() for each in one.procedures if each.procedure == "consultation"
)


@pytest.mark.parametrize(
    ("offered", "chosen", "named", "reason"),
    [
        ((), (), [], ""),
        (("居委会", "物业"), ("物业", "居委会"), ["居委会", "物业"], ""),
        (("居委会", "物业"), ("物业", "物业"), ["物业"], ""),
        (("居委会", "物业"), (), [], "Tick who takes part"),
        (("居委会", "物业"), ("物业", "派出所"), ["物业"], "Choose from those"),
        ((), ("物业",), [], "Choose from those"),
    ],
)
def test_at_least_one_of_those_named(offered, chosen, named, reason) -> None:
    decision, found = taking_part(offered, chosen)
    assert found == named
    assert bool(decision) is (not reason)
    assert reason in getattr(decision, "reason", "")


def test_they_are_told_written_and_read_back() -> None:
    [text] = [each for each in describe(CONSULTATION, "zh-hans") if "定下谁参加" in each]
    assert "基层政府、党组织、居委会" in text
    values = written(CONSULTATION)
    assert values_of(of_values(values)) == values, "the form loses none"
    assert "parties" not in CONSULTATION.parsed_json()["steps"][0]


def test_a_community_writes_its_own_one_a_line() -> None:
    posted = QueryDict(mutable=True)
    posted.update({"steps": "1", "s0-parties": "居委会 | Committee\r\n\r\n派出所\r\n| Shops"})
    [step] = read_outline(posted, "consultation", 3).steps
    assert [party.written() for party in step.parties] == [
        {"zh": "居委会", "en": "Committee"},
        {"zh": "派出所", "en": "派出所"},
        {"zh": "Shops", "en": "Shops"},
    ]


def test_nobody_is_named_twice() -> None:
    text = to_yaml(CONSULTATION).replace("zh: 物业", "zh: 居委会")
    [fault] = check(text, "x.yaml")
    assert fault.params == {"step": "parties", "party": "居委会"}


@pytest.fixture
def settling(world: World):
    """A matter of the consultation where those who take part are settled."""
    version = ProcedureVersion.objects.get(name="consultation", community=None)
    with on("2026-11-16"):
        procedures.adopt(
            by=SYSTEM, community_id=world.place("community"), version_id=version.pk, by_choice=True
        )
        raised = raising.Raised(
            place_id=world.place("home"), text="院坝停车的事请大家一起商量。", kind=MatterKind.PROPOSAL,
            channel=Channel.VISIT, way=version.pk,
        )  # fmt: skip
        matter = raising.enter_matter(
            by=world.actor("clerk"), raised=raised, raiser_id=world.persons["wang"]
        ).matter
        moving.move(by=world.actor("grid"), matter_id=matter.pk, from_step="raise", target="parties")
        yield Matter.objects.get(pk=matter.pk)


@pytest.mark.django_db
def test_it_goes_on_when_somebody_is_ticked(world: World, settling: Matter) -> None:
    client, page = desk(world, "secretary"), f"/desk/matters/{settling.pk}/"
    assert 'name="parties" value="驻区单位"' in shown(client.get(page))
    given = {"from_step": "parties", "to": "notify:refer", "note": "周五前答复"}
    assert "Tick who takes part first." in shown(client.post(f"{page}move/", given), 422)
    sent(client.post(f"{page}move/", given | {"parties": ["物业", "居委会"]}))
    stay = settling.steps.get(key="parties")
    first, second = stay.note.splitlines()
    assert "居委会、物业" in first
    assert second == "周五前答复"
    assert "居委会、物业" in shown(client.get(page)), "the story names them"


@pytest.mark.django_db
def test_sending_back_asks_for_nobody(world: World, settling: Matter) -> None:
    with pytest.raises(Refused, match="Choose from those"):
        moving.move(
            by=world.actor("secretary"), matter_id=settling.pk, from_step="parties", target="notify",
            parties=["外星人"],
        )  # fmt: skip
    back = moving.move(
        by=world.actor("secretary"), matter_id=settling.pk, from_step="parties", target="raise"
    )
    assert back.step_key == "raise"
