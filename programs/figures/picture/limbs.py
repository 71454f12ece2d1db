"""Arms and legs as flat parts: what covers what, hands with their fingers, feet with their toes."""

from __future__ import annotations

from collections.abc import Iterator

from ..rig.body import Body, Limb, sign
from ..rig.flesh import Placed
from ..rig.skin import TOES
from ..rig.vectors import Vector, add, dot
from .camera import Camera
from .outline import on_frame
from .parts import Part, mean_depth, shade
from .shapes import Path, disc, line
from .view import Posed, View

NEARER = 16  # units by which a knee comes nearer than the trunk before the leg is drawn over the shirt
BESIDE = 6  # units by which a limb's root is farther than the middle before it is a far limb
APART = 0.04  # how much farther the limbs of the far side are where all are equally near


def limb_parts(posed: Posed, view: View, middle: float) -> Iterator[Part]:
    """All parts of all limbs; `middle` is how near the trunk is."""
    look = Look(posed.body, view, middle)
    for name, solids in posed.solids.items():
        draw = _arm if name.endswith("arm") else _leg
        for part in draw(name, posed.body.limbs[name], solids, look):
            yield part._replace(chain=name, depth=part.depth - (APART if sign(name) < 0 else 0))


class Look:
    """Who is seen, how near her trunk is, and which limbs are far."""

    def __init__(self, body: Body, view: View, middle: float):
        self.body, self.view, self.middle = body, view, middle
        self.woman, self.camera = view.woman, view.camera

    def is_far(self, name: str, limb: Limb) -> bool:
        """Whether a limb hangs on the far side of the trunk."""
        base = self.body.slices["groin" if name.endswith("leg") else "shoulders"].center
        return self.camera.depth(limb.root) < self.camera.depth(base) - BESIDE

    def leg_depth(self, limb: Limb, is_far: bool) -> float:
        """Legs lie under the shirt, unless the knee comes well before the trunk."""
        if self.camera.depth(limb.joint) - self.middle > NEARER:
            return mean_depth(self.camera, limb.root, limb.joint, limb.end)
        if not is_far:
            return self.middle - 0.2
        return min(mean_depth(self.camera, limb.root, limb.joint, limb.end), self.middle - 6)

    def arm_depth(self, arm: Limb) -> float:
        """An arm whose hand rests on a leg is before that leg."""
        depth = mean_depth(self.camera, arm.root, arm.joint, arm.end)
        if not arm.rests_on:
            return depth
        leg = self.body.limbs[arm.rests_on]
        return max(depth, self.leg_depth(leg, self.is_far(arm.rests_on, leg)) + 2 * APART)


def _leg(name: str, leg: Limb, solids: list[Placed], look: Look) -> Iterator[Part]:
    thigh, shin, foot, toes = solids
    is_far = look.is_far(name, leg)
    depth, legs, skin = look.leg_depth(leg, is_far), look.woman.legs, look.woman.skin
    bare = (shade(skin, is_far), depth - 0.01)
    union = f"{name} foot"
    for place, part in enumerate((foot, toes)):
        shape, rigid = look.view.solid(name, part)
        told = (f"{name} {part.solid.name}", bare[0], bare[1] + place * 1e-4, shape, skin.line)
        yield Part(*told, union=union, rigid=rigid)
    if look.view.tells_fingers and not is_far and _shows(foot.frame.up, toes.frame.front, look.camera):
        lines, width = _toe_lines(toes, look.camera), round(look.camera.size(0.5))
        yield Part(f"{name} nails", skin.line, bare[1] + 1e-3, lines, line=width, detail=True)
    for place, part in enumerate((shin, thigh)):
        shape, rigid = look.view.solid(name, part)
        told = (f"{name} {part.solid.name}", shade(legs, is_far), depth + place * 1e-4, shape, legs.line)
        yield Part(*told, union=f"{name} leg", rigid=rigid)


def _shows(over: Vector, tip: Vector, camera: Camera) -> bool:
    """Whether the upper side of a foot is seen."""
    return dot(over, camera.towards) > 0.25 or dot(tip, camera.towards) > 0.6


def _toe_lines(toes: Placed, camera: Camera) -> Path:
    """Between the toes."""
    lines: Path = ()
    for aside in (-1.9, 0.5, 2.4):
        ends = ((u, v + 1.4, aside) for u, v, *_ in (TOES[1], TOES[3]))
        lines += line(*(camera.spot(on_frame(toes.origin, toes.frame, end)) for end in ends))
    return lines


def _arm(name: str, arm: Limb, solids: list[Placed], look: Look) -> Iterator[Part]:
    upper, forearm, *sleeve, palm, fingers, thumb = solids
    woman, is_far = look.woman, look.is_far(name, arm)
    depth, whole = look.arm_depth(arm), woman.sleeve == 1
    yield from _hand(name, arm, (palm, fingers, thumb), look, depth - 0.02)
    cloth = woman.top if whole else woman.skin
    for place, part in enumerate((forearm, upper)):
        shape, rigid = look.view.solid(name, part)
        told = (f"{name} {part.solid.name}", shade(cloth, is_far), depth + place * 1e-4, shape, cloth.line)
        yield Part(*told, union=f"{name} arm", rigid=rigid)
    for part in sleeve:
        shape, rigid = look.view.solid(name, part)
        told = (f"{name} sleeve", shade(woman.top, is_far), depth + 0.01, shape, woman.top.line)
        yield Part(*told, rigid=rigid)
    if depth > look.middle - 2:
        yield _seam(name, arm, look, depth + 0.02, is_far)


def _seam(name: str, arm: Limb, look: Look, depth: float, is_far: bool) -> Part:
    """The sleeve goes over into the shirt: no line across the shoulder."""
    camera, near = look.camera, look.body.slices["shoulders"].frame.near
    radius = (6 + 1.6 * abs(dot(near, camera.towards))) * look.body.build.chest
    place = camera.spot(arm.root)
    return Part(f"{name} seam", shade(look.woman.top, is_far), depth, disc(place, camera.size(radius)))


def _hand(name: str, arm: Limb, solids: tuple[Placed, ...], look: Look, depth: float) -> Iterator[Part]:
    palm, fingers, thumb = solids
    skin = look.woman.skin
    is_far = look.is_far(name, arm)
    colour = shade(skin, is_far)
    union = f"{name} hand"
    shape, rigid = look.view.solid(name, palm, fingers)
    yield Part(union, colour, depth, shape, skin.line, union=union, rigid=rigid)
    if look.view.tells_fingers:
        shape, rigid = look.view.solid(name, thumb)
        yield Part(f"{name} thumb", colour, depth + 5e-4, shape, skin.line, union=union, rigid=rigid)
    if look.view.tells_fingers and not is_far:
        lines = _finger_lines(fingers, look.camera)
        if lines:
            width = round(look.camera.size(0.45))
            yield Part(f"{name} between", skin.line, depth + 0.001, lines, line=width, detail=True)


def _finger_lines(fingers: Placed, camera: Camera) -> Path:
    """Between the fingers, where their back or the palm is seen."""
    rings = fingers.solid.rings
    normal = fingers.frame.outward(rings[2].ahead)
    seen = dot(normal, camera.towards)
    if abs(seen) < 0.35:
        return ()
    lines: Path = ()
    for share in (-0.5, 0, 0.5):
        ends = []
        for ring in (rings[0], rings[2]):
            lift = ring.front if seen > 0 else -ring.back
            way = tuple(part * lift * 0.9 for part in ring.ahead)
            ends.append(
                camera.spot(
                    on_frame(fingers.origin, fingers.frame, add(ring.center, way, (0, 0, share * ring.side)))
                )
            )
        lines += line(*ends)
    return lines
