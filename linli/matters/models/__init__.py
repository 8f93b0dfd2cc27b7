"""The tables of matters: what was raised, where it stands, who was asked, what was said."""

from linli.matters.models.alike import Compared, KeptPhoto, MatterVector
from linli.matters.models.learning import Judged, Refinement, Steering, TriageModel
from linli.matters.models.matter import Attachment, LocalRule, Matter, Raiser, Step
from linli.matters.models.orders import Assessment, Extension, Order, OrderTurn
from linli.matters.models.procedures import Adoption, ProcedureDraft, ProcedureVersion
from linli.matters.models.watch import Chase, LatenessMark, Opening, Supervision, Suspension
from linli.matters.models.words import Callback, Contribution, Evaluation, Exclusion

__all__ = [
    "Adoption",
    "Assessment",
    "Attachment",
    "Callback",
    "Chase",
    "Compared",
    "Contribution",
    "Evaluation",
    "Exclusion",
    "Extension",
    "Judged",
    "KeptPhoto",
    "LatenessMark",
    "LocalRule",
    "Matter",
    "MatterVector",
    "Opening",
    "Order",
    "OrderTurn",
    "ProcedureDraft",
    "ProcedureVersion",
    "Raiser",
    "Refinement",
    "Steering",
    "Step",
    "Supervision",
    "Suspension",
    "TriageModel",
]
