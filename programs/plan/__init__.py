"""The program as members follow it: frozen, parsed from a release's JSON, independent of the models.

`Plan` is the whole program; `remarks` validates one, `advice` tells what could be better; `Reader` parses plain data into its parts.
"""

from .checks import Remark, Where, advice, name_of, remarks, too_long
from .media import Photo, Recording, Video
from .parts import (
    About,
    Caution,
    PlannedExercise,
    PlannedMilestone,
    PlannedPhase,
    PlannedSession,
    PlannedWeek,
)
from .reading import Problem, Reader, Unreadable
from .whole import Plan, UnknownSession
from .writing import digest, plain

__all__ = [
    "About",
    "Caution",
    "Photo",
    "Plan",
    "PlannedExercise",
    "PlannedMilestone",
    "PlannedPhase",
    "PlannedSession",
    "PlannedWeek",
    "Problem",
    "Reader",
    "Recording",
    "Remark",
    "UnknownSession",
    "Unreadable",
    "Video",
    "Where",
    "advice",
    "digest",
    "name_of",
    "plain",
    "remarks",
    "too_long",
]
