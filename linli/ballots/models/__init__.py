"""Tables of ballots."""

from linli.ballots.models.ballot import Ballot, HouseRule, Option, Question
from linli.ballots.models.roll import Objection, RollEntry, RollPerson, RollUnit
from linli.ballots.models.votes import Sheet, Visit, Vote

__all__ = [
    "Ballot",
    "HouseRule",
    "Objection",
    "Option",
    "Question",
    "RollEntry",
    "RollPerson",
    "RollUnit",
    "Sheet",
    "Visit",
    "Vote",
]
