"""Rows: what the therapist writes (content) and what a mother does (journey)."""

from .care import CareAction
from .content import Exercise, Milestone, Phase, Prescription, Program, Release, Session, Week
from .help import Country, SupportLine
from .journey import Enrollment, Participant, Pause, PlayerWish, Screening, ScreeningScope
from .opened import RecordOpening
from .outcomes import Concern, Decision, SafetyHold
from .practice import SessionLog
from .reports import CheckIn, Clearance, SelfCheck
from .versions import ContentVersion

__all__ = [
    "CareAction",
    "CheckIn",
    "Clearance",
    "Concern",
    "ContentVersion",
    "Country",
    "Decision",
    "Enrollment",
    "Exercise",
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
