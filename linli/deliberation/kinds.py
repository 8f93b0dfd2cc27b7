"""States of conversations, statements, covenants and works, answers, powers and events."""

from enum import IntEnum, StrEnum

from linli.audit.kinds import EventKind


class Stage(StrEnum):
    """Where a conversation stands on a day; follows from its days and from what was done."""

    COMING = "coming"
    RUNNING = "running"
    ENDED = "ended"
    PUBLISHED = "published"


class StatementState(StrEnum):
    """A statement is shown once somebody has let it in; one taken out keeps its words and the reason."""

    WAITING = "waiting"
    IN = "in"
    OUT = "out"


class Answer(IntEnum):
    """What somebody says to a statement, as Polis's export writes it."""

    DISAGREE = -1
    PASS = 0
    AGREE = 1


class CovenantKind(StrEnum):
    """居民公约, 无讼公约, and covenants about one thing: dogs, stairs, parking."""

    RESIDENTS = "residents"
    NO_LAWSUITS = "no_lawsuits"
    ONE_THING = "one_thing"


class CovenantStage(StrEnum):
    """A covenant's way. One that is replaced stays to be read with what was signed."""

    DRAFT = "draft"
    CONSULT = "consult"
    DECIDING = "deciding"
    ADOPTED = "adopted"
    PUBLISHED = "published"
    REPLACED = "replaced"


class Body(StrEnum):
    """Who adopts a covenant: the residents' assembly, or the representatives it charged with it."""

    ASSEMBLY = "assembly"
    DELEGATES = "delegates"


class Stance(StrEnum):
    """How somebody stands to a paragraph or a proposal."""

    FOR = "for"
    AGAINST = "against"
    IDEA = "idea"


class AmendmentState(StrEnum):
    OPEN = "open"
    TAKEN = "taken"
    REFUSED = "refused"


class ReviewOutcome(StrEnum):
    """What the yearly look at a covenant comes to: it stays as it is, or a new text is drafted."""

    KEEP = "keep"
    REVISE = "revise"


class WorksStage(StrEnum):
    """Where the works on a place stand: written, laid open with its options, built, before those who live
    there, accepted and under warranty. One that is stopped stays to be read with the reason."""

    DRAFT = "draft"
    PLANNED = "planned"
    BUILDING = "building"
    ACCEPTING = "accepting"
    ACCEPTED = "accepted"
    STOPPED = "stopped"


class Line(StrEnum):
    """What a works' file is made of besides its head."""

    OPTION = "option"
    PART = "part"
    MATERIAL = "material"
    WARRANTY = "warranty"


class PaperKind(StrEnum):
    """What a file laid open with works is."""

    PHOTO = "photo"
    CERTIFICATE = "certificate"
    TEST_REPORT = "test_report"
    CONTRACT = "contract"
    OTHER = "other"


class WarrantyKind(StrEnum):
    """What a warranty covers, as the law tells them apart; `AGREED` is what it leaves to the contract."""

    STRUCTURE = "structure"
    WATERPROOFING = "waterproofing"
    HEATING = "heating"
    FITTINGS = "fittings"
    AGREED = "agreed"


class Turnout(StrEnum):
    """Of how many of the homes somebody has to speak before works can be accepted."""

    ANY = "any"
    THIRD = "third"
    HALF = "half"


class Majority(StrEnum):
    """How many of the homes that spoke have to accept."""

    HALF = "half"
    TWO_THIRDS = "two_thirds"
    ALL = "all"


class Power(StrEnum):
    LEAD = "conversation.lead"
    COVENANT = "covenant.keep"
    WORKS = "works.keep"
    WORKS_DOOR = "works.door"


class Event(EventKind):
    OPENED = "deliberation.conversation_opened"
    PROPOSED = "deliberation.statement_proposed"
    ADDED = "deliberation.statement_added"
    LET_IN = "deliberation.statement_let_in"
    TAKEN_OUT = "deliberation.statement_taken_out"
    CLOSED = "deliberation.conversation_closed"
    PUBLISHED = "deliberation.conversation_published"
    EXPORTED = "deliberation.exported"
    COVENANT_DRAFTED = "deliberation.covenant_drafted"
    COVENANT_REWRITTEN = "deliberation.covenant_rewritten"
    COVENANT_CONSULTED = "deliberation.covenant_consulted"
    COVENANT_CLOSED = "deliberation.covenant_consultation_ended"
    COVENANT_DECIDED = "deliberation.covenant_decided"
    COVENANT_FILED = "deliberation.covenant_filed"
    COVENANT_PUBLISHED = "deliberation.covenant_published"
    COVENANT_REVIEWED = "deliberation.covenant_reviewed"
    COVENANT_SIGNED = "deliberation.covenant_signed"
    COVENANT_SHOWN = "deliberation.covenant_signature_shown"
    COVENANT_UNSIGNED = "deliberation.covenant_signature_withdrawn"
    AMENDMENT_PROPOSED = "deliberation.amendment_proposed"
    AMENDMENT_DECIDED = "deliberation.amendment_decided"
    REMARKED = "deliberation.remarked"
    REMARK_HIDDEN = "deliberation.remark_hidden"
    REMARK_RESTORED = "deliberation.remark_restored"
    WORKS_OPENED = "deliberation.works_opened"
    WORKS_WRITTEN = "deliberation.works_written"
    WORKS_LINE_KEPT = "deliberation.works_line_kept"
    WORKS_LINE_DROPPED = "deliberation.works_line_dropped"
    WORKS_LAID_OPEN = "deliberation.works_laid_open"
    WORKS_DECIDED = "deliberation.works_decided"
    WORKS_STOPPED = "deliberation.works_stopped"
    WORKS_FILED = "deliberation.works_paper_added"
    WORKS_UNFILED = "deliberation.works_paper_removed"
    WORKS_CHECKED = "deliberation.works_material_checked"
    WORKS_DOUBTED = "deliberation.works_doubted"
    WORKS_DOUBT_SHARED = "deliberation.works_doubt_shared"
    WORKS_ANSWERED = "deliberation.works_doubt_answered"
    WORKS_EXPLAINED = "deliberation.works_explained_at_doors"
    WORKS_DOUBT_HIDDEN = "deliberation.works_doubt_hidden"
    WORKS_DOUBT_SHOWN = "deliberation.works_doubt_shown"
    WORKS_PUT = "deliberation.works_put_to_residents"
    WORKS_SAID = "deliberation.works_home_spoke"
    WORKS_DEFECT = "deliberation.works_defect_noted"
    WORKS_MENDED = "deliberation.works_defect_mended"
    WORKS_CONCLUDED = "deliberation.works_acceptance_concluded"
    WORKS_CLAIMED = "deliberation.works_warranty_claimed"
