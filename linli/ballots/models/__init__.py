"""Tables of ballots."""

from linli.ballots.models.ballot import Ballot, HouseRule, Option, Question
from linli.ballots.models.handcount import HandCount
from linli.ballots.models.nominations import Nomination, NominationVoter
from linli.ballots.models.roll import Objection, Proxy, RollBay, RollEntry, RollPerson, RollUnit
from linli.ballots.models.votes import Sheet, Visit, Vote

__all__ = [
    "Ballot",
    "HandCount",
    "HouseRule",
    "Nomination",
    "NominationVoter",
    "Objection",
    "Option",
    "Proxy",
    "Question",
    "RollBay",
    "RollEntry",
    "RollPerson",
    "RollUnit",
    "Sheet",
    "Visit",
    "Vote",
]
