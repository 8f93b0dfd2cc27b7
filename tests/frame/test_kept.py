"""What is kept of the database: within a change, beside it, after it is committed or taken back."""

from itertools import count

import pytest
from django.db import connections, transaction
from pytest_django import DjangoDbBlocker

from linli.frame.kept import KeptRows


def kept() -> KeptRows[int]:
    answers = count(1)
    return KeptRows(lambda: next(answers), time=lambda: 0.0)


def test_what_is_committed_is_read_anew_once(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> None:
    rows = kept()
    with django_db_blocker.unblock():  # a transaction that ends, and writes nothing
        assert (rows(), rows()) == (1, 1)
        with transaction.atomic():
            rows.changed()
            assert (rows(), rows()) == (2, 3), "within the change nothing is kept"
        assert (rows(), rows()) == (4, 4)
        connections.close_all()


@pytest.mark.django_db
def test_what_is_taken_back_was_never_kept() -> None:
    rows = kept()
    assert rows() == 1
    with transaction.atomic():
        rows.changed()
        assert rows() == 2
        transaction.set_rollback(True)
    assert (rows(), rows()) == (1, 1), "the answer from before it"


@pytest.mark.django_db
def test_a_change_in_a_part_that_succeeds_holds_for_the_rest_of_the_whole() -> None:
    rows = kept()
    with transaction.atomic():
        with transaction.atomic():
            rows.changed()
        assert (rows(), rows()) == (1, 2)
        transaction.set_rollback(True)
    assert (rows(), rows()) == (3, 3)


@pytest.mark.django_db
def test_another_answer_is_not_touched() -> None:
    one, other = kept(), kept()
    one.changed()
    assert (other(), other()) == (1, 1)
