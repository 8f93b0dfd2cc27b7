"""What matters mean is stored by a job, computed anew where words or encoder change, and used at the desk."""

import pytest

from linli.audit.models import Entry
from linli.documents.models import StoredFile
from linli.kernel.actor import SYSTEM
from linli.matters import jobs
from linli.matters.actions import files, moving, vectors
from linli.matters.models import KeptPhoto, Matter, MatterVector
from linli.matters.read import alike
from linli.matters.read import one as read
from linli.matters.rules.ties import Ties
from linli.matters.triage import meaning
from tests.matters.telling import RAISER, raise_one
from tests.matters.test_web_resident_say import picture
from tests.world import World, on

needs_meaning = pytest.mark.skipif(not meaning.available(), reason="needs the extra `learning`")


@needs_meaning
def test_open_matters_get_vectors_once_and_anew_when_their_words_change(world: World) -> None:
    with on("2026-11-18"):
        first, second, closed = raise_one(world), raise_one(world, "chen"), raise_one(world)
        moving.withdraw(by=world.actor("wang"), matter_id=closed.id, ties=RAISER)
        assert vectors.keep_vectors(by=SYSTEM, limit=1) == 1
        jobs.keep_vectors(timestamp=0)
        assert set(MatterVector.objects.values_list("matter_id", flat=True)) == {first.id, second.id}
        assert vectors.keep_vectors(by=SYSTEM) == 0
        before = bytes(first.vector.numbers)
        assert len(before) == 4 * meaning.SIZE
        assert alike.meanings(first.id, [second.id])[second.id] == pytest.approx(1, abs=1e-3)
        Matter.objects.filter(id=first.id).update(text="垃圾三天没人收了，味道很大。")
        assert vectors.keep_vectors(by=SYSTEM) == 1
        assert alike.meanings(first.id, [second.id])[second.id] < 0.9
        MatterVector.objects.update(version="an older one")
        assert alike.meanings(first.id, [second.id]) == {}
        assert vectors.keep_vectors(by=SYSTEM) == 2


def test_likely_duplicates_are_near_in_place_time_and_words(world: World) -> None:
    with on("2026-11-16"):
        far = raise_one(world, place="building4")
        moving.withdraw(by=world.actor("wang"), matter_id=raise_one(world).id, ties=RAISER)
    with on("2026-11-18"):
        twin = raise_one(world, "chen", "entrance")
        matter = raise_one(world)
        found = alike.duplicates_of(read.matter(matter.id))
        assert [one.matter.id for one in found] == [twin.id, far.id], (
            "the same entrance before another building"
        )
        assert (found[0].days, found[1].days) == (0, 2)
        assert any("楼道灯" in words for words in found[0].phrases)
        assert found[0].near > found[1].near
    with on("2027-03-01"):
        late = raise_one(world)
        assert alike.duplicates_of(read.matter(late.id)) == []


def test_a_kept_photo_goes_with_its_matter_or_is_forgotten_after_a_day(world: World) -> None:
    with on("2026-11-18"):
        matter = raise_one(world)
        sent, left = (files.keep(by=SYSTEM, content=picture(), name=f"{n}.jpg") for n in range(2))
        attached = files.attach_kept(
            by=world.actor("wang"), matter_id=matter.id, ties=Ties(is_raiser=True), kept_id=sent.id
        )
        assert attached is not None
        assert attached.file_id == sent.file_id
        again = files.attach_kept(
            by=world.actor("wang"), matter_id=matter.id, ties=Ties(is_raiser=True), kept_id=sent.id
        )
        assert again is None, "one photo, one matter"
        assert files.forget_kept(by=SYSTEM) == 0
    with on("2026-11-20"):
        jobs.forget_photos(timestamp=0)
    assert not KeptPhoto.objects.exists()
    assert set(StoredFile.objects.values_list("id", flat=True)) == {sent.file_id}
    assert not Entry.objects.filter(subject_id=str(left.id)).exclude(event__contains="photo").exists()
