"""What a process keeps of rows that are few and seldom changed: never more than what is committed."""

from typing import TypeVar

from django.db import connection, transaction

from linli.kernel.kept import Kept

T = TypeVar("T")


class KeptRows(Kept[T]):
    """An answer of the database, kept for a while.

    Who changes what it is made of calls `changed`: that transaction then reads what it wrote, all others what
    is committed, and what is taken back was never kept.
    """

    def __call__(self) -> T:
        """The answer: read anew where this very transaction has changed it, else as `Kept` says."""
        return self._read() if self._is_changed_here() else super().__call__()

    def changed(self) -> None:
        """To be called in the transaction that writes, after it wrote."""
        transaction.on_commit(self.forget)

    def _is_changed_here(self) -> bool:
        """What waits for the commit goes with a rollback, be it only to a savepoint: the list is the mark."""
        return any(waiting[1] == self.forget for waiting in connection.run_on_commit)
