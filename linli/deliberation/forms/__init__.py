"""What the forms of talking together accept: conversations, covenants, topics, names."""

from linli.deliberation.forms.opinions import OpenForm, OutcomeForm, ReasonForm, StatementForm, WordsForm

__all__ = ["OpenForm", "OutcomeForm", "ReasonForm", "StatementForm", "WordsForm"]
