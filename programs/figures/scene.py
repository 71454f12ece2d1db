"""A figure as an exercise's file writes it, and the bodies of one whole loop.

view: side                   one of camera.VIEWS, or [yaw, pitch]
poses: [...]                 key poses (see reading.py); each builds on the first
alternate: true              every second repetition mirrored
way: {lift: [1], lower: [2]} which poses, counted from 0, each stage of the tempo leads to; without it
                             all of them while lifting, and the same way back while lowering
fade: 1                      poses fade into each other, where a turn is too free to be drawn: so many steps from
                             one key pose to the next
tempo: [4, 0, 6, 0]          where the dose's own does not say it; timed exercises breathe without it
props: [{chair: [-14]}]      see picture/props.py
glow: near_buttock           a place of the body that shines as much as a pose's `glow` says
order: {near_arm: 9}         parts moved nearer to the viewer, or away
section: breath              one of inside.STYLES: the trunk is also seen from inside
ghost: true                  the first pose stays behind the body as a shadow, for small movements
arrows: [[place, place, …]]  the direction of the movement
lens: {at: place, to: place, zoom: 2, radius: 26}   a small place, seen larger elsewhere
close: [place, place]        only what lies between two places is in the picture
woman: amara                 who shows it to those who have chosen nobody
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from typing import Any, NamedTuple

from .errors import FigureError
from .inside import STYLES
from .picture.camera import VIEWS, Camera
from .picture.props import check_prop, shown
from .poses import Pose
from .reading import read_lens, read_places, read_pose
from .rig.anatomy import Build
from .rig.body import Body
from .rig.landmarks import landmark
from .rig.solving import between, solve
from .rig.vectors import Vector
from .timing import BREATH, Moment, Tempo, Way, moments, usual_way, visible
from .women import INES, WOMEN, Woman

SWITCHES = ("alternate", "ghost")
MARKS = ("arrows", "lens", "close", "fade")
KEYS = ("view", "poses", "way", "tempo", "props", "glow", "order", "section", "woman", *MARKS, *SWITCHES)


class Frame(NamedTuple):
    """The body at one time of the loop, with the pose it was solved from."""

    time: float
    pose: Pose
    body: Body


@dataclass(frozen=True, eq=False)
class Scene:
    """One exercise's figure, ready to be drawn. `told` is the tempo as prescribed, `tempo` as drawn."""

    name: str
    camera: Camera
    poses: tuple[Pose, ...]
    told: Tempo
    way: Way
    alternate: bool = False
    fade: int = 0
    props: tuple[Mapping, ...] = ()
    glow: str = ""
    order: Mapping[str, float] = field(default_factory=dict)
    section: str = ""
    ghost: bool = False
    arrows: tuple[tuple[Vector, ...], ...] = ()
    lens: Mapping | None = None
    close: tuple[Vector, ...] = ()
    woman: Woman = INES

    @cached_property
    def tempo(self) -> Tempo:
        """Seconds of the stages as drawn."""
        return visible(self.told)

    @property
    def rounds(self) -> int:
        """Repetitions in the loop."""
        return 2 if self.alternate else 1

    @property
    def seconds(self) -> float:
        """The whole loop."""
        return self.tempo.seconds * self.rounds

    @cached_property
    def moments(self) -> list[Moment]:
        """Every sampled moment of the loop."""
        return moments(self.tempo, self.way, self.rounds)

    @cached_property
    def frames(self) -> list[Frame]:
        """The body at every sampled moment; where poses fade, in every key pose."""
        if self.fade:
            return self._stations
        sides, build = (self.poses, tuple(pose.mirrored() for pose in self.poses)), self.woman.build
        frames: list[Frame] = []
        for moment in self.moments:
            pose = _on_the_way(sides[moment.round], moment, build)
            known = next((frame for frame in frames[-1:] if frame.pose is pose), None)
            frames.append(known._replace(time=moment.time) if known else _frame(moment.time, pose, build))
        return frames

    @cached_property
    def key_frames(self) -> list[Frame]:
        """The poses a still picture shows, with the time at which the loop first comes to them.

        A body that keeps its pose is shown relaxed and lifted.
        """
        if len(self.poses) == 1:
            return [_frame(time, self.poses[0], self.woman.build) for time in (0.0, self.tempo.lift)]
        return [
            _frame(self._first_at(number), pose, self.woman.build) for number, pose in enumerate(self.poses)
        ]

    @property
    def _stations(self) -> list[Frame]:
        """The key poses and so many between them as fade into each other."""
        build, stations = self.woman.build, self.key_frames[:1]
        for before, after in pairwise(self.key_frames):
            for step in range(1, self.fade):
                pose = between(before.pose, after.pose, step / self.fade, build)
                stations.append(_frame(after.time, pose, build))
            stations.append(after)
        return stations

    def _first_at(self, number: int) -> float:
        """When the loop first comes to a pose; 0 where its tempo has no time for it."""
        times = (
            moment.time
            for moment in self.moments
            if moment.first == number or (moment.aim == number and moment.share > 1 - 1e-6)
        )
        return next(times, 0.0)


def _frame(time: float, pose: Pose, build: Build) -> Frame:
    return Frame(time, pose, solve(pose, build))


def _on_the_way(poses: tuple[Pose, ...], moment: Moment, build: Build) -> Pose:
    return between(poses[moment.first], poses[moment.aim], moment.share, build)


def read_scene(
    name: str,
    described: Mapping,
    dose_tempo: Tempo | None = None,
    woman: Woman = INES,
    with_baby: bool = False,
) -> Scene:
    """The scene an exercise's file describes; `dose_tempo` is the exercise's own, None where it is timed.

    Raises FigureError naming the exercise and, where it is in one, the pose.
    """
    try:
        for key in described:
            if key not in KEYS:
                raise FigureError(f"“{key}” is not a part of a figure; there are {', '.join(KEYS)}")
        poses = _poses(described.get("poses"), woman.build)
        scene = Scene(
            name=name,
            camera=_camera(described.get("view", "side")),
            poses=poses,
            told=_tempo(described.get("tempo")) or dose_tempo or BREATH,
            way=_way(described.get("way"), len(poses)),
            props=tuple(prop for prop in _shown(described, with_baby) if prop != {}),
            glow=described.get("glow", ""),
            order=described.get("order", {}),
            section=described.get("section", ""),
            arrows=tuple(read_places("arrows", way, 2) for way in described.get("arrows", ())),
            lens=read_lens(described.get("lens")),
            close=read_places("close", described.get("close", ())),
            fade=_steps(described.get("fade", 0)),
            woman=woman,
            **{switch: described.get(switch, False) is True for switch in SWITCHES},
        )
        _check(scene, described.get("woman"))
    except FigureError as error:
        raise FigureError(f"{name}: {error}") from None
    except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as error:
        raise FigureError(f"{name}: something in it is not as a figure is written: {error}") from error
    return scene


def _shown(described: Mapping, with_baby: bool) -> Iterator[Mapping]:
    """The things to draw; what stands in for a baby's thing may be nothing."""
    return (shown(prop, with_baby) for prop in described.get("props", ()))


def _check(scene: Scene, described_woman: str | None) -> None:
    for prop in scene.props:
        check_prop(prop)
    if scene.glow:
        landmark(scene.glow, solve(scene.poses[0], scene.woman.build))
    if described_woman not in (None, *WOMEN):
        raise FigureError(f"woman: no “{described_woman}”; there are {', '.join(WOMEN)}")
    if scene.section and scene.section not in STYLES:
        raise FigureError(f"section: no style “{scene.section}”; there are {', '.join(STYLES)}")


def _poses(described: object, build: Build) -> tuple[Pose, ...]:
    if not isinstance(described, list) or not described:
        raise FigureError("poses: list at least one")
    poses, base = [], None
    for number, one in enumerate(described, start=1):
        try:
            pose, whole = read_pose(one, base)
            solve(pose, build)
        except FigureError as error:
            raise FigureError(f"pose {number}: {error}") from None
        poses.append(pose)
        base = base or whole
    return tuple(poses)


def _steps(described: Any) -> int:
    if isinstance(described, bool) or described not in range(1 + MAX_STEPS):
        raise FigureError(f"fade: write how many steps from pose to pose, up to {MAX_STEPS}")
    return int(described)


MAX_STEPS = 5


def _camera(view: Any) -> Camera:
    if isinstance(view, list | tuple) and len(view) == 2:
        return Camera(*map(float, view))
    if view not in VIEWS:
        raise FigureError(f"view: no view “{view}”; there are {', '.join(VIEWS)} or [yaw, pitch]")
    return Camera(*VIEWS[view])


def _tempo(described: object) -> Tempo | None:
    if described is None:
        return None
    if not isinstance(described, list | tuple) or len(described) != 4:
        raise FigureError("tempo: write seconds to lift, hold, lower and relax in brackets")
    return Tempo(*map(float, described))


def _way(described: Any, poses: int) -> Way:
    if described is None:
        return usual_way(poses)
    for stage, aims in described.items():
        if stage not in Tempo._fields:
            raise FigureError(f"way: “{stage}” is none of {', '.join(Tempo._fields)}")
        if not all(aim in range(poses) for aim in aims):
            raise FigureError(f"way: {stage} leads to a pose that is not there; there are 0 to {poses - 1}")
    return described
