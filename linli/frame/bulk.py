"""Many rows at once: PostgreSQL's COPY with each value prepared as its field would prepare it."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from typing import Any

from django.db import DEFAULT_DB_ALIAS, IntegrityError, connections, models, transaction
from psycopg import sql

from linli.kernel.decision import CONFLICT, Refused

# Fields whose values go to the database as they are, when the caller gives the field's own type.
AS_IS = (
    models.UUIDField,
    models.ForeignKey,
    models.CharField,
    models.BooleanField,
    models.IntegerField,
    models.DateField,
)


def copy_in(model: type[models.Model], names: Sequence[str], rows: Iterable[Sequence[Any]]) -> int:
    """Add rows by COPY in the caller's transaction and return how many.

    Each row gives its values in the order of `names` (names of fields), of the fields' own types. Defaults
    are not filled in and no validation runs: the caller has checked, and the table's constraints hold.
    """
    connection = connections[DEFAULT_DB_ALIAS]
    fields: list[Any] = [model._meta.get_field(name) for name in names]
    prepare = [_preparing(field, connection) for field in fields]
    columns = [sql.Identifier(str(field.column)) for field in fields]
    statement = sql.SQL("COPY {} ({}) FROM STDIN").format(
        sql.Identifier(model._meta.db_table), sql.Composed(columns).join(", ")
    )
    count = 0
    # the driver's own COPY is not wrapped by Django, whose errors callers expect
    with connection.wrap_database_errors, connection.cursor() as cursor, cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row([one(value) if one else value for one, value in zip(prepare, row, strict=True)])
            count += 1
    return count


@contextmanager
def all_or_nothing() -> Iterator[None]:
    """Rows added together inside the caller's transaction. Raises `Refused` (409) where one cannot stand."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as clash:
        reason = "Some of these rows contradict the register; nothing was added."
        raise Refused(reason, status=CONFLICT) from clash


def _preparing(field: Any, connection: Any) -> Callable[[Any], Any] | None:
    """How a field's values are prepared: None for those that need nothing."""
    if isinstance(field, AS_IS):
        return None
    return partial(field.get_db_prep_save, connection=connection)
