"""The tables of talking together: conversations and the map drawn of them; covenants; works laid open."""

from linli.deliberation.models.covenants import (
    Amendment,
    Covenant,
    Decision,
    Paragraph,
    Remark,
    Review,
    Signature,
)
from linli.deliberation.models.opinions import Conversation, OpinionMap, Response, Statement
from linli.deliberation.models.voices import (
    Acceptance,
    AcceptanceVoice,
    DoorRound,
    Doubt,
    DoubtAnswer,
    DoubtShared,
)
from linli.deliberation.models.works import (
    Defect,
    MaterialCheck,
    Warranty,
    WarrantyClaim,
    Works,
    WorksMaterial,
    WorksOption,
    WorksPaper,
    WorksPart,
)

__all__ = [
    "Acceptance",
    "AcceptanceVoice",
    "Amendment",
    "Conversation",
    "Covenant",
    "Decision",
    "Defect",
    "DoorRound",
    "Doubt",
    "DoubtAnswer",
    "DoubtShared",
    "MaterialCheck",
    "OpinionMap",
    "Paragraph",
    "Remark",
    "Response",
    "Review",
    "Signature",
    "Statement",
    "Warranty",
    "WarrantyClaim",
    "Works",
    "WorksMaterial",
    "WorksOption",
    "WorksPaper",
    "WorksPart",
]
