"""From a scene to the text of an SVG: one that moves, and a still one with the key poses."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from ..inside import course
from ..rig.landmarks import landmark
from ..scene import Frame, Scene
from . import palette
from .animating import animated, standing
from .camera import Box, Camera
from .clock import Clock
from .fading import faded
from .figure import body_parts
from .layout import HIGH, WIDE, Room, look_at, look_at_some, panels, room, whole
from .marks import arrow, ghost, glow, lens
from .parts import Part
from .props import lies_on_floor, prop_parts, stays
from .section import moving_section, still_section
from .shapes import disc, simplified
from .sharing import Shared
from .things import OVER_ALL, air
from .view import Posed, View
from .writing import short

GLOW_R = 11
COARSE = 2.8
MANY = 4  # poses from which a still picture shows no details
EDGE = 5.5  # the line around her in picture units; its inner half is covered
Parts = dict[str, Part]


def moving(scene: Scene) -> str:
    """The SVG that moves, through the whole loop and again."""
    place = room(look_at(scene), whole())
    frames = _all_parts(scene, place.camera, scene.frames, is_fine=not scene.fade)
    if scene.fade:
        drawn = _floor(place, scene) + _fading(scene, frames) + _arrows(scene, place.camera)
        return _svg(scene, drawn)
    order = _ordered(scene, frames)
    parts = [_through(frames, name) for name in order]
    behind = [frames for frames in parts if frames[0].depth <= BEHIND]
    before = [frames for frames in parts if frames[0].depth > BEHIND]
    clock = Clock(scene.moments, scene.seconds)
    shadow = _ghost(scene, frames[0], order)
    drawn = animated(behind, clock, "b") + shadow + animated(before, clock) + _arrows(scene, place.camera)
    drawn = _clipped(scene, _floor(place, scene) + _lensed(scene, place.camera, drawn, "fig"), place, "")
    if place.section:
        states = course(scene.section, scene.tempo)
        drawn += moving_section(states, place.section, scene.seconds, scene.rounds, scene.woman.skin)
    return _svg(scene, drawn)


BEHIND = -55.0  # how far what is behind her is, and behind her shadow


def still(scene: Scene) -> str:
    """The SVG that shows the key poses, numbered where they are several."""
    seen, frames = look_at(scene), scene.key_frames
    boxes = panels(seen, len(frames))
    shared = Shared()
    drawn = "".join(
        _panel(scene, frame, room(seen, box), number, shared)
        for number, (frame, box) in enumerate(zip(frames, boxes, strict=True), 1)
    )
    if len(frames) > 1:
        drawn += "".join(_badge(number, box) for number, box in enumerate(boxes, 1))
    return _svg(scene, shared.resolved(drawn))


def framed(scene: Scene, number: int) -> Room:
    """Where everything goes in the picture of one key pose alone."""
    return room(look_at_some(scene, [scene.key_frames[number]]), whole())


def posed(scene: Scene, number: int, place: Room | None = None) -> str:
    """The SVG of one key pose alone, as quick to draw as to ask for; `place` as `framed` gives it."""
    shared = Shared()
    frame = scene.key_frames[number]
    return _svg(scene, shared.resolved(_panel(scene, frame, place or framed(scene, number), 1, shared)))


def _panel(scene: Scene, frame: Frame, place: Room, number: int, shared: Shared) -> str:
    (parts,) = _all_parts(scene, place.camera, [frame], is_fine=len(scene.key_frames) < MANY)
    order, camera = _ordered(scene, [parts]), place.camera
    behind = [parts[name] for name in order if parts[name].depth <= BEHIND]
    before = [parts[name] for name in order if parts[name].depth > BEHIND]
    drawn = standing(behind, f"{number}b", shared)
    if number > 1 and scene.ghost:
        (first,) = _all_parts(scene, camera, scene.key_frames[:1])
        drawn += _ghost(scene, first, order)
    drawn += standing(before, str(number), shared)
    if number > 1:
        drawn = _lensed(scene, camera, drawn + _arrows(scene, camera), f"fig{number}")
    drawn = _clipped(scene, drawn, place, str(number))
    if place.section:
        states = course(scene.section, scene.tempo)
        drawn += still_section(states, place.section, frame.time, f"half{number}", scene.woman.skin)
    return _floor(place, scene) + drawn


def _ghost(scene: Scene, parts: Parts, order: Sequence[str]) -> str:
    """The first pose as a shadow, where the scene asks for it."""
    if not scene.ghost:
        return ""
    bodily = [name for name in order if name in parts and "prop" not in name.split()]
    return ghost([parts[name] for name in bodily], bodily)


def _arrows(scene: Scene, camera: Camera) -> str:
    return "".join(arrow(places, camera) for places in scene.arrows)


def _lensed(scene: Scene, camera: Camera, drawn: str, name: str) -> str:
    """The drawing, and over it a small place of it seen larger."""
    return f'<g id="{name}">{drawn}</g>{lens(scene.lens, camera, name)}' if scene.lens else drawn


def _fading(scene: Scene, frames: Sequence[Parts]) -> str:
    """What never changes, and over it the key poses one after the other."""
    order = _ordered(scene, frames)
    fixed = [name for name in order if all(frame.get(name) == frames[0].get(name) for frame in frames)]
    poses = [[frame[name] for name in _ordered(scene, [frame]) if name not in fixed] for frame in frames]
    shared = Shared()
    told = [standing(parts, str(number), shared) for number, parts in enumerate(poses)]
    nearest = max(order.index(part.name) for parts in poses for part in parts)
    under = [frames[0][name] for name in fixed if order.index(name) < nearest]
    over = [frames[0][name] for name in fixed if order.index(name) > nearest]
    return shared.resolved(standing(under, "u") + faded(told, scene.tempo) + standing(over, "o"))


def _all_parts(scene: Scene, camera: Camera, frames: Sequence[Frame], is_fine: bool = True) -> list[Parts]:
    """The parts at every moment; what stays the same is drawn once."""
    room, view = _props(scene, camera, frames[0], True), View(scene.woman, camera, is_fine)
    bodies = {id(frame.body): view.posed(frame.body) for frame in frames}
    if len(frames) > 1 and not scene.fade:
        view = view.through(list(bodies.values()))
    drawn: dict[int, Parts] = {}
    for frame in frames:
        key = id(frame.body)
        if key not in drawn:
            parts = _parts(scene, view if not drawn or scene.fade else view.later(), frame, bodies[key])
            drawn[key] = room | (parts if is_fine else _coarse(parts))
    return [drawn[id(frame.body)] for frame in frames]


def _coarse(parts: Parts) -> Parts:
    """The same drawn with fewer points, for pictures of many poses."""
    return {name: part._replace(path=simplified(part.path, COARSE)) for name, part in parts.items()}


def _props(scene: Scene, camera: Camera, frame: Frame, staying: bool) -> Parts:
    """The parts of the things that stay the same, or of those that do not."""
    parts = (
        prop_parts(prop, frame.body, scene.woman, camera, place)
        for place, prop in enumerate(scene.props)
        if stays(prop) == staying
    )
    return {part.name: part for of_one in parts for part in of_one}


def _parts(scene: Scene, view: View, frame: Frame, posed: Posed) -> Parts:
    camera, parts = view.camera, list(body_parts(posed, view, frame.pose.air > 0))
    parts += _props(scene, camera, frame, False).values()
    if any(pose.air for pose in scene.poses):
        parts.append(air(frame.body, camera, frame.pose.air))
    if scene.glow:
        spot = disc(camera.spot(landmark(scene.glow, frame.body)), camera.size(GLOW_R))
        parts.append(Part("glow", "url(#glow)", OVER_ALL, spot, opacity=frame.pose.glow))
    return {part.name: part for part in parts}


def _through(frames: Sequence[Parts], name: str) -> list[Part]:
    """One part at every moment; where it is not seen it keeps its last form, without being shown."""
    found, last = [], next(frame[name] for frame in frames if name in frame)
    for frame in frames:
        here = frame.get(name)
        last = here or last
        found.append(last if here else last._replace(opacity=0))
    pattern = [len(shape.points) for shape in found[0].path]
    return [
        part
        if part.rigid or [len(shape.points) for shape in part.path] == pattern
        else found[0]._replace(opacity=0)
        for part in found
    ]


def _ordered(scene: Scene, frames: Sequence[Parts]) -> list[str]:
    """The names of the parts from far to near, by where they are through the loop."""
    names = dict.fromkeys(name for frame in frames for name in frame)

    def depth(name: str) -> float:
        depths = [frame[name].depth for frame in frames if name in frame]
        return sum(depths) / len(depths) + scene.order.get(name, scene.order.get(name.split()[0], 0))

    return sorted(names, key=depth)


def _clipped(scene: Scene, drawn: str, place: Room, name: str) -> str:
    """The drawing within its panel, where only a part of her is to be seen."""
    if not scene.close:
        return drawn
    left, top, right, bottom = map(round, place.body)
    box = f'<rect x="{left}" y="{top}" width="{right - left}" height="{bottom - top}" rx="24"/>'
    return f'<clipPath id="close{name}">{box}</clipPath><g clip-path="url(#close{name})">{drawn}</g>'


def _floor(place: Room, scene: Scene) -> str:
    """The floor she is on: a line from the side, from above a soft round, unless she lies on something."""
    if place.ground:
        x0, y0, x1, y1 = (round(edge / 2) for edge in place.ground)
        return (
            f'<ellipse cx="{x0 + x1}" cy="{y0 + y1}" rx="{x1 - x0}" ry="{y1 - y0}" '
            f'fill="{palette.FLOOR}" opacity=".24"/>'
        )
    if place.camera.pitch or any(map(lies_on_floor, scene.props)):
        return ""
    left, right, y = round(place.floor[0]), round(place.floor[1]), round(place.camera.point((0, 0, 0))[1]) + 5
    return f'<path stroke="{palette.FLOOR}" stroke-width="6" d="M{left} {y}H{right}"/>'


def _badge(number: int, box: Box) -> str:
    x, y = round((box[0] + box[2]) / 2), round(box[3]) + 35
    return (
        f'<circle cx="{x}" cy="{y}" r="25" fill="{palette.BADGE}"/><text x="{x}" y="{y + 12}" font-size="34" '
        f'font-family="sans-serif" text-anchor="middle" fill="{palette.ON_BADGE}">{number}</text>'
    )


def _svg(scene: Scene, drawn: str) -> str:
    told = " ".join(short(seconds, 2) for seconds in scene.told)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDE} {HIGH}" width="400" height="300" '
        f'role="img" data-tempo="{told}" data-rounds="{scene.rounds}" stroke-linecap="round" '
        f'stroke-linejoin="round" stroke-width="{EDGE:g}" paint-order="stroke">'
        f"<title>{escape(scene.name)}</title>{glow() if scene.glow else ''}{drawn}</svg>\n"
    )
