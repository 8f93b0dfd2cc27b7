"""A migration that makes an app's tables all at once."""

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations import Migration
from django.db.migrations.state import ProjectState


class TablesTogether(Migration):
    """An app's first migration: its models are read once, when all are known, not again for every table.

    Django keeps a working copy of every model and makes all that are related anew after each operation. Ours
    are nearly all related: a hundred tables meant nine thousand copies, nine tenths of the work (ADR 0030).
    It follows that a model may point to one that comes after it, and that the operations are those that make
    tables, none that asks what was there before.
    """

    def apply(
        self, project_state: ProjectState, schema_editor: BaseDatabaseSchemaEditor, collect_sql: bool = False
    ) -> ProjectState:
        """Make the tables; gives the state after them."""
        before, after = project_state, self.mutate_state(project_state)
        for operation in self.operations:
            operation.database_forwards(self.app_label, schema_editor, before, after)
        return after

    def unapply(
        self, project_state: ProjectState, schema_editor: BaseDatabaseSchemaEditor, collect_sql: bool = False
    ) -> ProjectState:
        """Drop the tables; gives the state before them."""
        before, after = project_state, self.mutate_state(project_state)
        for operation in reversed(self.operations):
            operation.database_backwards(self.app_label, schema_editor, after, before)
        return before

    def mutate_state(self, project_state: ProjectState, preserve: bool = True) -> ProjectState:
        """The state after these operations; the working copies of its models are made when asked for."""
        after = project_state.clone() if preserve else project_state
        after.__dict__.pop("apps", None)
        for operation in self.operations:
            operation.state_forwards(self.app_label, after)
        return after
