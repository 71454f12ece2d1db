"""Rows: what the therapist writes (content) and what a mother does (journey)."""

from .content import Exercise, Milestone, Phase, Prescription, Program, Release, Session, Week
from .help import Country, SupportLine
from .journey import CheckIn, Concern, Decision, Enrollment, Participant, SafetyHold, Screening, SessionLog

__all__ = [
    "CheckIn",
    "Concern",
    "Country",
    "Decision",
    "Enrollment",
    "Exercise",
    "Milestone",
    "Participant",
    "Phase",
    "Prescription",
    "Program",
    "Release",
    "SafetyHold",
    "Screening",
    "Session",
    "SessionLog",
    "SupportLine",
    "Week",
]
