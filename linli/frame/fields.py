"""Model fields shared by every app."""

from typing import Any

from django.db import models

from linli.frame import crypto


class EncryptedTextField(models.TextField[str | None, str | None]):
    """Text kept SM4-GCM encrypted in the database and plain in memory.

    It cannot be searched: keep a blind index beside it. Show it masked; opening it is an audited act.
    """

    def get_prep_value(self, value: Any) -> Any:
        return None if value is None or value == "" else crypto.seal(str(value))

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> str | None:
        return None if value is None else crypto.open_sealed(value)
