"""Storing files and keeping drafts."""

import hashlib
import os
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from django.db import connection

from linli.audit.models import Entry
from linli.documents import read
from linli.documents.actions import discard_draft, remove, save_draft, store, sweep
from linli.documents.models import Draft, StoredFile
from linli.kernel.actor import ANONYMOUS, SYSTEM, Actor
from linli.kernel.clock import at, now
from linli.kernel.decision import Refused
from linli.kernel.ids import uuid7
from linli.people.models import Person
from tests.documents.files import HTML, PDF, opened, photo, picture


@pytest.fixture(autouse=True)
def folder(tmp_path, settings) -> Path:
    settings.DOCUMENTS_ROOT = tmp_path / "documents"
    return settings.DOCUMENTS_ROOT


def files_in(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def somebody() -> Actor:
    return Actor(Person.objects.create(name="张三", name_key="zhang").pk)


@pytest.mark.django_db
def test_a_photo_is_stored_with_its_small_copy_under_its_digest(folder):
    by = somebody()
    file = store(by=by, content=BytesIO(photo()), name="IMG_0001.HEIC")
    assert (file.media_type, file.name, file.width, file.height) == ("image/jpeg", "IMG_0001.jpg", 40, 80)
    content = read.bytes_of(file)
    assert (hashlib.sha256(content).hexdigest(), len(content)) == (file.sha256, file.size)
    assert opened(read.thumbnail_of(file)).size == (40, 80)
    sharded = folder / file.sha256[:2] / file.sha256[2:4]
    assert [path.parent for path in files_in(folder)] == [sharded, sharded]
    entry = Entry.objects.get()
    assert (entry.event, entry.subject_id, entry.actor_id) == ("documents.stored", file.pk, by.person_id)
    assert entry.data == {"type": "image/jpeg", "size": file.size}, "not its name: people put names in names"


@pytest.mark.django_db
def test_somebody_without_a_name_may_add_a_photo(folder):
    store(by=ANONYMOUS, content=picture("PNG"), name="a.png")
    assert Entry.objects.get().actor_id is None


@pytest.mark.django_db
def test_the_same_picture_twice_is_two_files_and_one_copy_of_bytes(folder):
    first, second = (store(by=SYSTEM, content=picture(), name=f"{n}.jpg") for n in "ab")
    assert first.pk != second.pk
    assert first.sha256 == second.sha256
    assert len(files_in(folder)) == 2


@pytest.mark.django_db
@pytest.mark.parametrize("content", [HTML, b"", PDF[:40], picture("GIF")])
def test_what_is_refused_leaves_nothing(folder, content):
    with pytest.raises(Refused):
        store(by=SYSTEM, content=content, name="photo.jpg")
    assert not StoredFile.objects.exists()
    assert not files_in(folder)


@pytest.mark.django_db
def test_a_pdf_has_no_small_copy_and_lost_bytes_are_said_so(folder):
    file = store(by=SYSTEM, content=PDF, name="协议.pdf")
    with pytest.raises(Refused) as refused:
        read.thumbnail_of(file)
    assert refused.value.status == 404
    for path in files_in(folder):
        path.unlink()
    with pytest.raises(Refused) as refused:
        read.bytes_of(file)
    assert refused.value.reason == "This file is no longer kept here."


@pytest.mark.django_db
def test_bytes_are_swept_when_nobody_names_them_and_not_before_a_day(folder):
    kept = store(by=SYSTEM, content=picture(), name="a.jpg")
    twin = store(by=SYSTEM, content=picture(), name="b.jpg")
    gone = store(by=SYSTEM, content=picture("PNG"), name="c.png")
    (read.path_of(kept.sha256).parent / "unfinished-abc").write_bytes(b"half")
    remove(by=SYSTEM, file_id=twin.pk)
    remove(by=SYSTEM, file_id=gone.pk)
    assert sweep(by=SYSTEM) == 0, "an act that stored them may still be running"
    with at(now() + timedelta(days=1, minutes=1)):
        assert sweep(by=SYSTEM) == 3
    assert read.bytes_of(kept)
    assert [path.name.split(".")[0] for path in files_in(folder)] == [kept.sha256, kept.sha256]
    assert Entry.objects.filter(event="documents.removed").count() == 2
    with pytest.raises(Refused):
        remove(by=SYSTEM, file_id=gone.pk)


@pytest.mark.django_db
def test_bytes_stored_again_are_young_again(folder):
    file = store(by=SYSTEM, content=picture(), name="a.jpg")
    remove(by=SYSTEM, file_id=file.pk)
    old = now().timestamp() - 3 * 24 * 3600
    for path in files_in(folder):
        os.utime(path, (old, old))
    store(by=SYSTEM, content=picture(), name="a.jpg")
    StoredFile.objects.all().delete()
    assert sweep(by=SYSTEM) == 0


@pytest.mark.django_db
def test_the_latest_words_are_kept_one_draft_for_each_form():
    by, other = somebody(), somebody()
    save_draft(by=by, form="matter-new", body='{"title": "路灯"}')
    save_draft(by=by, form="matter-new", body='{"title": "路灯坏了"}')
    save_draft(by=by, form="announcement-new", body="{}")
    save_draft(by=other, form="matter-new", body='{"title": "别人的"}')
    draft = read.draft_of(by.person_id, "matter-new")
    assert draft is not None
    assert draft.body == '{"title": "路灯坏了"}'
    assert Draft.objects.count() == 3
    with connection.cursor() as cursor:
        cursor.execute("SELECT body FROM documents_draft")
        assert not any("路灯" in body for (body,) in cursor.fetchall()), "what is typed lies encrypted"
    discard_draft(by=by, form="matter-new")
    discard_draft(by=by, form="matter-new")
    assert read.draft_of(by.person_id, "matter-new") is None
    assert read.draft_of(other.person_id, "matter-new") is not None


@pytest.mark.django_db
@pytest.mark.parametrize("by", [ANONYMOUS, SYSTEM])
def test_only_somebody_signed_in_keeps_drafts(by):
    for act in (lambda: save_draft(by=by, form="f", body="{}"), lambda: discard_draft(by=by, form="f")):
        with pytest.raises(Refused) as refused:
            act()
        assert refused.value.reason == "Please sign in first."


def test_two_pages_saving_the_same_draft_at_once_leave_one(committed_db):
    by = somebody()

    def save(number: int) -> None:
        try:
            save_draft(by=by, form="matter-new", body=f'{{"title": "{number}"}}')
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(save, range(24)))
    draft = Draft.objects.get()
    assert draft.body in {f'{{"title": "{number}"}}' for number in range(24)}


def test_two_who_store_the_same_picture_at_once_both_have_it(committed_db, folder):
    def keep(number: int) -> None:
        try:
            store(by=Actor(uuid7()), content=picture(), name=f"{number}.jpg")
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(keep, range(12)))
    assert StoredFile.objects.count() == 12
    assert all(opened(read.bytes_of(file)).size == (64, 32) for file in StoredFile.objects.all())
    assert len(files_in(folder)) == 2, "no unfinished copies stay"
