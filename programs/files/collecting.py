"""Read every file of the folder, one by one, into parts of the plan."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from django.utils.translation import gettext as _

from programs.plan import About, PlannedExercise, PlannedPhase, PlannedSession, PlannedWeek, Reader, too_long
from programs.plan.telephone import contact_problem, emergency_problem

from . import assembling
from .documents import Document, Place, read_document, typed
from .problems import FileProblem, with_place
from .shapes import FROM_TEXT, ExerciseFile, HelpCountry, ProgramFile, TrackFile, WeekFile

PROGRAM = "program.yaml"
FOLDERS = {"exercises": ExerciseFile, "weeks": WeekFile, "sessions": TrackFile, "help": HelpCountry}


@dataclass
class Collected:
    """The parts read so far, their source locations, and what could not be read.

    `sources` maps a session's key to its file and its path there; `unread` lists parts whose file exists but is
    invalid.
    """

    about: About | None = None
    phases: tuple[PlannedPhase, ...] = ()
    weeks: list[PlannedWeek] = field(default_factory=list)
    sessions: dict[str, PlannedSession] = field(default_factory=dict)
    exercises: dict[str, PlannedExercise] = field(default_factory=dict)
    countries: list[HelpCountry] = field(default_factory=list)
    documents: dict[str, Document] = field(default_factory=dict)
    sources: dict[str, tuple[str, Place]] = field(default_factory=dict)
    unread: list[tuple[str | int, ...]] = field(default_factory=list)
    problems: list[FileProblem] = field(default_factory=list)

    def refuse(self, file: str, place: Place, reason: str) -> None:
        """Add a problem at a path in a file."""
        line = self.documents[file].line_of(place)
        self.problems.append(FileProblem(file, line, with_place(place, reason)))

    def add_session(self, session: PlannedSession, file: str, place: Place) -> None:
        """Add a session, or a problem if its key is taken."""
        if session.key in self.sessions:
            self.refuse(
                file, (*place, "key"), _("“%(key)s” is the key of another session") % {"key": session.key}
            )
            return
        self.sessions[session.key] = session
        self.sources[session.key] = (file, place)


def collect(folder: Path, paths: Iterable[Path]) -> Collected:
    """Read all files. Exercises are added first, because a session needs their sides."""
    collected = Collected()
    written = {}
    for path in paths:
        name = path.relative_to(folder).as_posix()
        written[name] = _read(path, name, collected)
    if PROGRAM not in written:
        collected.problems.append(FileProblem(PROGRAM, 0, _("this file is missing")))
        collected.unread.append(("about",))
    for name in sorted(written, key=lambda name: not name.startswith("exercises/")):
        if written[name] is not None:
            _add(name, written[name], collected)
    return collected


def _read(path: Path, name: str, collected: Collected) -> object | None:
    shape = ProgramFile if name == PROGRAM else FOLDERS.get(path.parent.name if name.count("/") == 1 else "")
    if shape is None or path.suffix != ".yaml":
        reason = _(
            "no content file is called like this; see the folders %(folders)s and names ending in .yaml"
        )
        collected.problems.append(FileProblem(name, 0, reason % {"folders": ", ".join(FOLDERS)}))
        return None
    document = collected.documents[name] = read_document(path, name)
    collected.problems += [FileProblem(name, line, reason) for line, reason in document.problems]
    written = None
    if not document.problems:
        reader = Reader(strict=True, from_text=FROM_TEXT, free=typed)
        written = reader.read(shape, document.data)
        for problem in reader.problems:
            collected.refuse(name, problem.path, problem.reason)
    if written is None:
        collected.unread.append(_part(name))
    return written


def _part(name: str) -> tuple[str | int, ...]:
    """Return the path of the plan's part that a file defines."""
    if name == PROGRAM:
        return ("about",)
    folder, stem = name.removesuffix(".yaml").split("/")
    return (folder, int(stem) if folder == "weeks" and stem.isdecimal() else stem)


def _add(name: str, written: object, collected: Collected) -> None:
    sides = {slug: exercise.sides for slug, exercise in collected.exercises.items()}
    stem = Path(name).stem
    if isinstance(written, ProgramFile):
        collected.about, collected.phases = assembling.about(written), assembling.phases(written)
    elif isinstance(written, ExerciseFile):
        collected.exercises[stem] = assembling.exercise(stem, written)
    elif isinstance(written, TrackFile):
        collected.add_session(assembling.track(stem, written, sides), name, ())
    elif isinstance(written, WeekFile):
        _add_week(name, stem, written, sides, collected)
    elif isinstance(written, HelpCountry):
        _add_country(name, stem, written, collected)


def _add_week(name: str, stem: str, written: WeekFile, sides: dict[str, int], collected: Collected) -> None:
    if not (stem.isdecimal() and len(stem) == 2):
        collected.refuse(name, (), _("a week's file is named by its number, from 01.yaml to 12.yaml"))
        return
    number = int(stem)
    collected.weeks.append(assembling.week(number, written))
    collected.add_session(assembling.daily(number, written.daily_practice, sides), name, ("daily_practice",))
    for index, session in enumerate(written.sessions):
        collected.add_session(assembling.session(number, session, sides), name, ("sessions", index))
        exercises = {one.exercise for one in session.exercises}
        for place, slug in enumerate(session.short_form):
            if slug not in exercises:
                reason = _("“%(slug)s” is not one of this session's exercises") % {"slug": slug}
                collected.refuse(name, ("sessions", index, "short_form", place), reason)


def _add_country(name: str, stem: str, written: HelpCountry, collected: Collected) -> None:
    if written.code.lower() != stem or len(stem) != 2:
        reason = _("the code is two letters, the same as in the file's name")
        collected.refuse(name, ("code",), reason)
    if not any(line.crisis_line for line in written.lines):
        collected.refuse(name, ("lines",), _("at least one line must be a crisis line"))
    if reason := emergency_problem(written.emergency):
        collected.refuse(name, ("emergency",), reason)
    for place, reason in too_long("help", written):
        collected.refuse(name, place, reason)
    for index, line in enumerate(written.lines):
        if reason := contact_problem(line.contact):
            collected.refuse(name, ("lines", index, "contact"), reason)
        for place, reason in too_long("lines", line):
            collected.refuse(name, ("lines", index, *place), reason)
    collected.countries.append(written)
