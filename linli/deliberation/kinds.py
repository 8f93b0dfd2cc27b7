"""States of all that is talked over and decided together, answers, powers and events."""

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
    """居民公约, 自治章程, 无讼公约, and covenants about one thing: dogs, stairs, parking."""

    RESIDENTS = "residents"
    CHARTER = "charter"
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


class TopicKind(StrEnum):
    """A topic to bring proposals to, or a contest for a place's name (院落征名)."""

    TALK = "talk"
    NAMING = "naming"


class TopicStage(StrEnum):
    """Where a topic stands on a day. Choosing and decided are a contest's: names before a vote, and after."""

    COMING = "coming"
    RUNNING = "running"
    ENDED = "ended"
    CHOOSING = "choosing"
    DECIDED = "decided"


class ProposalState(StrEnum):
    """What became of a proposal. One that was merged lives on in another."""

    OPEN = "open"
    TAKEN = "taken"
    DECLINED = "declined"
    MERGED = "merged"


class Verdict(StrEnum):
    """What an official reply says besides its words: nothing yet, taken up, or not."""

    WORD = "word"
    TAKEN = "taken"
    DECLINED = "declined"


class Sorting(StrEnum):
    """In which order proposals stand."""

    NEWEST = "newest"
    SUPPORT = "support"


class NameState(StrEnum):
    """A name that came in: to be voted on, left out with a reason, or not equal first in a tied vote."""

    IN = "in"
    SHORTLISTED = "shortlisted"
    LEFT_OUT = "left_out"
    OUTVOTED = "outvoted"


class Honours(StrEnum):
    """Who or what an appraisal honours. Somebody always answers for it and agrees to it."""

    PERSON = "person"
    HOUSEHOLD = "household"
    THING = "thing"


class AppraisalStage(StrEnum):
    """An appraisal's way; follows from its days and from what was done."""

    NOMINATING = "nominating"
    ASKING = "asking"
    CHOOSING = "choosing"
    COUNTING = "counting"
    POSTED = "posted"
    HONOURED = "honoured"
    CALLED_OFF = "called_off"


class NominationState(StrEnum):
    """Named, found by staff and asked, agreed. One that is refused is no row any more."""

    NAMED = "named"
    ASKED = "asked"
    AGREED = "agreed"


class TieRule(StrEnum):
    """Who is honoured when several are level at the last place."""

    SHARED = "shared"
    RESIDENTS = "residents"
    JURY = "jury"


class SurveyStage(StrEnum):
    """A survey's way; follows from its days and from what was done."""

    DRAFT = "draft"
    RUNNING = "running"
    ENDED = "ended"
    PUBLISHED = "published"
    ARCHIVED = "archived"


class QuestionKind(StrEnum):
    """How a question of a survey is answered."""

    ONE = "one"
    SEVERAL = "several"
    LEVEL = "level"
    TEXT = "text"


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
    APPRAISE = "appraisal.run"
    SURVEY = "survey.run"
    WORKS = "works.keep"
    WORKS_DOOR = "works.door"


class Event(EventKind):
    OPENED = "deliberation.conversation_opened"
    PROPOSED = "deliberation.statement_proposed"
    ADDED = "deliberation.statement_added"
    LET_IN = "deliberation.statement_let_in"
    TAKEN_OUT = "deliberation.statement_taken_out"
    CLOSED = "deliberation.conversation_closed"
    PUBLISHED = "deliberation.conversation_published", True
    EXPORTED = "deliberation.exported"
    COVENANT_DRAFTED = "deliberation.covenant_drafted"
    COVENANT_REWRITTEN = "deliberation.covenant_rewritten"
    COVENANT_CONSULTED = "deliberation.covenant_consulted"
    COVENANT_CLOSED = "deliberation.covenant_consultation_ended"
    COVENANT_DECIDED = "deliberation.covenant_decided"
    COVENANT_FILED = "deliberation.covenant_filed"
    COVENANT_PUBLISHED = "deliberation.covenant_published"
    COVENANT_REVIEWED = "deliberation.covenant_reviewed"
    COVENANT_REVIEW_TOLD = "deliberation.covenant_review_told"
    COVENANT_SIGNED = "deliberation.covenant_signed"
    COVENANT_SHOWN = "deliberation.covenant_signature_shown"
    COVENANT_UNSIGNED = "deliberation.covenant_signature_withdrawn"
    AMENDMENT_PROPOSED = "deliberation.amendment_proposed"
    AMENDMENT_DECIDED = "deliberation.amendment_decided"
    REMARKED = "deliberation.remarked"
    REMARK_HIDDEN = "deliberation.remark_hidden"
    REMARK_RESTORED = "deliberation.remark_restored"
    TOPIC_OPENED = "deliberation.topic_opened"
    TOPIC_EXTENDED = "deliberation.topic_extended"
    TOPIC_REWORDED = "deliberation.topic_reworded"
    TOPIC_CLOSED = "deliberation.topic_closed"
    PROPOSAL_RAISED = "deliberation.proposal_raised"
    PROPOSAL_WITHDRAWN = "deliberation.proposal_withdrawn"
    SUPPORTED = "deliberation.proposal_supported"
    SUPPORT_WITHDRAWN = "deliberation.support_withdrawn"
    REPLIED = "deliberation.proposal_replied"
    MERGED = "deliberation.proposals_merged"
    PARTED = "deliberation.proposals_parted"
    PROPOSAL_HIDDEN = "deliberation.proposal_hidden"
    PROPOSAL_RESTORED = "deliberation.proposal_restored"
    MADE_A_MATTER = "deliberation.proposal_made_a_matter"
    PROPOSAL_OUTCOME_TOLD = "deliberation.proposal_outcome_told"
    COMMENTED = "deliberation.commented"
    COMMENT_WITHDRAWN = "deliberation.comment_withdrawn"
    COMMENT_HIDDEN = "deliberation.comment_hidden"
    COMMENT_RESTORED = "deliberation.comment_restored"
    NAME_ENTERED = "deliberation.name_entered"
    NAME_WITHDRAWN = "deliberation.name_withdrawn"
    NAME_CREDITED = "deliberation.name_credit_set"
    NAME_HIDDEN = "deliberation.name_hidden"
    NAME_RESTORED = "deliberation.name_restored"
    NAMES_SHORTLISTED = "deliberation.names_shortlisted"
    NAME_BALLOT_CALLED = "deliberation.name_ballot_called"
    NAME_DECIDED = "deliberation.name_decided"
    NAME_GIVEN = "deliberation.name_given"
    APPRAISAL_OPENED = "deliberation.appraisal_opened"
    APPRAISAL_PROLONGED = "deliberation.appraisal_prolonged"
    APPRAISAL_CALLED_OFF = "deliberation.appraisal_called_off"
    APPRAISAL_POSTED = "deliberation.appraisal_posted"
    APPRAISAL_CONCLUDED = "deliberation.appraisal_concluded"
    JUROR_NAMED = "deliberation.juror_named"
    JUROR_RELEASED = "deliberation.juror_released"
    JUROR_JUDGED = "deliberation.juror_judged"
    NOMINATED = "deliberation.nominated"
    NOMINATION_FOUND = "deliberation.nomination_found"
    NOMINATION_SET_ASIDE = "deliberation.nomination_set_aside"
    NOMINATION_AGREED = "deliberation.nomination_agreed"
    NOMINATION_ENDED = "deliberation.nomination_ended"
    HONOUR_DOUBTED = "deliberation.honour_doubted"
    HONOUR_DOUBT_ANSWERED = "deliberation.honour_doubt_answered"
    SURVEY_DRAFTED = "deliberation.survey_drafted"
    SURVEY_WRITTEN = "deliberation.survey_written"
    SURVEY_OPENED = "deliberation.survey_opened"
    SURVEY_DROPPED = "deliberation.survey_dropped"
    SURVEY_CLOSED = "deliberation.survey_closed"
    SURVEY_PUBLISHED = "deliberation.survey_published"
    SURVEY_ARCHIVED = "deliberation.survey_archived"
    SURVEY_PAPER_TAKEN = "deliberation.survey_paper_taken"
    SURVEY_PAPER_ENTERED = "deliberation.survey_paper_entered"
    SURVEY_PAPER_STRUCK = "deliberation.survey_paper_struck"
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
    WORKS_PHOTO_REMOVED = "deliberation.works_doubt_photo_removed"
    WORKS_DOUBT_HIDDEN = "deliberation.works_doubt_hidden"
    WORKS_DOUBT_SHOWN = "deliberation.works_doubt_shown"
    WORKS_PUT = "deliberation.works_put_to_residents"
    WORKS_SAID = "deliberation.works_home_spoke"
    WORKS_DEFECT = "deliberation.works_defect_noted"
    WORKS_MENDED = "deliberation.works_defect_mended"
    WORKS_CONCLUDED = "deliberation.works_acceptance_concluded"
    WORKS_CLAIMED = "deliberation.works_warranty_claimed"
    SHARING_OPENED = "deliberation.sharing_opened"
    SHARING_PROPOSED = "deliberation.sharing_proposed"
    SHARING_ANSWERED = "deliberation.sharing_answered"
    SHARING_CLOSED = "deliberation.sharing_closed", True
    SHARING_REOPENED = "deliberation.sharing_reopened"
