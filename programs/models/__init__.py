"""Models: what the therapist writes (content) and what a member does (journey)."""

from .admission import EnrollCode, EnrollmentMode, EnrollmentPolicy
from .care_actions import CareAction
from .check_ins import CheckIn, Clearance, SelfCheck
from .content import Exercise, Milestone, Phase, Prescription, Program, Release, Session, Week
from .favorites import Favorite
from .help import Country, SupportLine
from .journey import Enrollment, FigureWoman, Participant, Pause, PlayerWish, Screening, ScreeningScope
from .outcomes import Concern, Decision, SafetyHold
from .record_openings import RecordOpening
from .session_logs import SessionLog
from .versions import ContentVersion

__all__ = [
    "CareAction",
    "CheckIn",
    "Clearance",
    "Concern",
    "ContentVersion",
    "Country",
    "Decision",
    "EnrollCode",
    "Enrollment",
    "EnrollmentMode",
    "EnrollmentPolicy",
    "Exercise",
    "Favorite",
    "FigureWoman",
    "Milestone",
    "Participant",
    "Pause",
    "Phase",
    "PlayerWish",
    "Prescription",
    "Program",
    "RecordOpening",
    "Release",
    "SafetyHold",
    "Screening",
    "ScreeningScope",
    "SelfCheck",
    "Session",
    "SessionLog",
    "SupportLine",
    "Week",
]
