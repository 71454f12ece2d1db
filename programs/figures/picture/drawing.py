"""From a scene to the text of an SVG: one that moves, and a still one with the key poses."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from ..inside import course
from ..rig.landmarks import landmark
from ..scene import Frame, Scene
from . import palette
from .animating import Clock, animated, standing
from .camera import Box, Camera
from .fading import faded
from .layout import WIDE, Room, look_at, panels, picture_height, room, whole
from .parts import Part, body_parts
from .props import prop_parts
from .section import moving_section, still_section
from .shapes import circle
from .things import OVER_ALL, air
from .writing import short

GLOW_R = 11
Parts = dict[str, Part]


def moving(scene: Scene) -> str:
    """The SVG that moves, through the whole loop and again."""
    seen = look_at(scene)
    high = picture_height(seen)
    place = room(seen, whole(high))
    frames = [_parts(scene, place.camera, frame) for frame in scene.frames]
    if scene.fade:
        return _svg(scene, high, _floor(place) + _fading(scene, frames))
    parts = [[frame[name] for frame in frames] for name in _ordered(scene, frames)]
    drawn = _floor(place) + animated(parts, Clock(scene.moments, scene.seconds))
    if place.section:
        drawn += moving_section(
            course(scene.section, scene.tempo), place.section, scene.seconds, scene.rounds
        )
    return _svg(scene, high, drawn)


def still(scene: Scene) -> str:
    """The SVG that shows the key poses, numbered where they are several."""
    seen, frames = look_at(scene), scene.key_frames
    high = picture_height(seen)
    boxes = panels(seen, len(frames), high)
    drawn = "".join(
        _panel(scene, frame, room(seen, box), number)
        for number, (frame, box) in enumerate(zip(frames, boxes, strict=True), 1)
    )
    if len(frames) > 1:
        drawn += "".join(_badge(number, box) for number, box in enumerate(boxes, 1))
    return _svg(scene, high, drawn)


def _panel(scene: Scene, frame: Frame, place: Room, number: int) -> str:
    parts = _parts(scene, place.camera, frame)
    drawn = _floor(place) + standing([parts[name] for name in _ordered(scene, [parts])])
    if place.section:
        drawn += still_section(course(scene.section, scene.tempo), place.section, frame.time, f"half{number}")
    return drawn


def _fading(scene: Scene, frames: Sequence[Parts]) -> str:
    """What never changes, and over it the key poses one after the other."""
    order = _ordered(scene, frames)
    fixed = [name for name in order if all(frame[name] == frames[0][name] for frame in frames)]
    poses = [[frame[name] for name in _ordered(scene, [frame]) if name not in fixed] for frame in frames]
    return standing([frames[0][name] for name in fixed]) + faded(
        [standing(parts) for parts in poses], scene.tempo
    )


def _parts(scene: Scene, camera: Camera, frame: Frame) -> Parts:
    parts = body_parts(frame.body, camera)
    for place, prop in enumerate(scene.props):
        parts += prop_parts(prop, frame.body, camera, place)
    if any(pose.air for pose in scene.poses):
        parts.append(air(frame.body, camera, frame.pose.air))
    if scene.glow:
        spot = circle(camera.point(landmark(scene.glow, frame.body)), camera.size(GLOW_R))
        parts.append(Part("glow", "url(#glow)", OVER_ALL, spot, opacity=frame.pose.glow))
    return {part.name: part for part in parts}


def _ordered(scene: Scene, frames: Sequence[Parts]) -> list[str]:
    """The names of the parts from far to near, by where they are through the loop."""

    def depth(name: str) -> float:
        mean = sum(frame[name].depth for frame in frames) / len(frames)
        return mean + scene.order.get(name.split()[0], 0)

    return sorted(frames[0], key=depth)


def _floor(place: Room) -> str:
    """The floor she is on: a line from the side, from above a soft round, unless she lies on something."""
    if place.ground:
        x0, y0, x1, y1 = (round(edge / 2) for edge in place.ground)
        return (
            f'<ellipse cx="{x0 + x1}" cy="{y0 + y1}" rx="{x1 - x0}" ry="{y1 - y0}" '
            f'fill="{palette.FLOOR}" opacity=".3"/>'
        )
    if place.camera.pitch:
        return ""
    left, right, y = round(place.floor[0]), round(place.floor[1]), round(place.camera.point((0, 0, 0))[1]) + 4
    return f'<path stroke="{palette.FLOOR}" stroke-width="8" d="M{left} {y}H{right}"/>'


def _badge(number: int, box: Box) -> str:
    x, y = round((box[0] + box[2]) / 2), round(box[3]) + 46
    return (
        f'<circle cx="{x}" cy="{y}" r="30" fill="{palette.BADGE}"/><text x="{x}" y="{y + 14}" font-size="40" '
        f'font-family="sans-serif" text-anchor="middle" fill="{palette.ON_BADGE}">{number}</text>'
    )


def _glow() -> str:
    ends = (
        f'<stop stop-color="{palette.GLOW}"/><stop offset="1" stop-color="{palette.GLOW}" stop-opacity="0"/>'
    )
    return f'<radialGradient id="glow">{ends}</radialGradient>'


def _svg(scene: Scene, high: int, drawn: str) -> str:
    told = " ".join(short(seconds, 2) for seconds in scene.told)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDE} {high}" width="400" height="{high // 3}" '
        f'role="img" data-tempo="{told}" data-rounds="{scene.rounds}" stroke-linecap="round" '
        f'stroke-linejoin="round"><title>{escape(scene.name)}</title>{_glow() if scene.glow else ""}{drawn}</svg>\n'
    )
