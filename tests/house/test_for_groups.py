"""复制到群: every kind of page with something to pass on has it; one component, one composer."""

from tests.environment import ROOT
from tests.house.reading import templates

PAGES = (
    "ballots/ballot.html",
    "ballots/desk_ballot.html",
    "deliberation/appraisals/desk_one.html",
    "deliberation/covenants/desk_one.html",
    "deliberation/desk_conversation.html",
    "deliberation/surveys/desk_one.html",
    "deliberation/topics/desk_one.html",
    "deliberation/topics/naming.html",
    "deliberation/topics/one.html",
    "deliberation/works/desk_one.html",
    "gatherings/desk/meeting.html",
    "gatherings/desk/posting.html",
    "gatherings/resident/posting.html",
    "matters/desk/_list.html",
    "matters/desk/_more.html",
    "matters/desk/_order.html",
    "matters/desk/matters.html",
    "matters/desk/orders.html",
    "matters/desk/rates.html",
    "matters/resident/community.html",
    "matters/resident/matter.html",
    "matters/resident/phones.html",
    "matters/resident/public.html",
    "notices/copy_announcement.html",
    "organizations/board.html",
)
COMPONENT = "linli/frame/templates/cotton/for_group.html"
COMPOSER = "linli/frame/for_groups.py"
HEAD = "[%(place)s] %(title)s"


def test_every_kind_of_page_has_its_text_for_a_chat_group() -> None:
    found = {path for path, source in templates() if "<c-for-group" in source}
    assert {page for page in PAGES if not any(path.endswith(f"/templates/{page}") for path in found)} == set()


def test_there_is_one_component() -> None:
    buttons = {path for path, source in templates() if "Copy for the group" in source}
    assert buttons == {COMPONENT}


def test_there_is_one_composer() -> None:
    heads = {
        str(path.relative_to(ROOT))
        for path in (ROOT / "linli").rglob("*.py")
        if HEAD in path.read_text(encoding="utf-8")
    }
    assert heads == {COMPOSER}
