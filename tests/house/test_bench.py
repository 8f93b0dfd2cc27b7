"""What the benchmarks fill by COPY knows every column that must be filled: no default helps there."""

import pytest
from django.db.models import NOT_PROVIDED, Model

from bench.fill import COLUMNS


@pytest.mark.parametrize("model", COLUMNS, ids=lambda model: model.__name__)
def test_every_column_that_must_be_filled_is(model: type[Model]) -> None:
    needed = {
        field.name
        for field in model._meta.concrete_fields
        if not field.null and field.db_default is NOT_PROVIDED and not field.generated
    }
    assert needed - set(COLUMNS[model]) == set()
