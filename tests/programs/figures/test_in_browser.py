"""A real Chromium moves the drawings as we mean them to move, under the strictest policy."""

import pytest

from programs.figures.picture.drawing import moving
from programs.figures.picture.layout import look_at, picture_height, room, whole
from programs.figures.rig import anatomy

pytestmark = pytest.mark.browser

ADDRESS = "http://localhost/figure.svg"
STRICTEST = "default-src 'none'"
CLOSE = 16  # of the 1200 units the picture is wide; she is drawn a little stiff to keep the file small

HIGHEST = """seconds => {
    const svg = document.documentElement;
    svg.pauseAnimations();
    svg.setCurrentTime(seconds);
    return svg.getBBox().y;
}"""


MOVING = """() => new Promise(done => {
    const svg = document.documentElement;
    const look = () => svg.getCurrentTime() > 0.2 ? done(svg.animationsPaused()) : requestAnimationFrame(look);
    look();
})"""


@pytest.fixture
def opened(page, scenes):
    """A function that opens an exercise's drawing as a page of its own and answers what was complained of."""
    complaints = []
    page.on("console", lambda message: complaints.append(message.text))

    def opening(slug):
        headers = {"Content-Security-Policy": STRICTEST, "Content-Type": "image/svg+xml"}
        body = moving(scenes[slug])
        page.route(ADDRESS, lambda route: route.fulfill(headers=headers, body=body))
        page.goto(ADDRESS)
        return complaints

    return opening


@pytest.mark.parametrize("slug", ["sit-to-stand", "hover-squat", "supported-split-squat"])
def test_she_is_where_she_should_be_at_every_moment(slug, opened, page, scenes):
    """OutcomePage by her highest point, the bun."""
    scene = scenes[slug]
    seen = look_at(scene)
    camera = room(seen, whole(picture_height(seen))).camera
    complaints = opened(slug)
    for frame in scene.frames[::5]:
        bun = camera.point(frame.body.on_head(-5, 14))[1] - camera.size(anatomy.BUN_R)
        found = page.evaluate(HIGHEST, min(frame.time, scene.seconds - 0.001))
        assert found == pytest.approx(bun, abs=CLOSE), f"{slug} at {frame.time} s"
    assert complaints == []


def test_it_moves_by_itself(opened, page):
    opened("hip-hinge")
    assert page.evaluate(MOVING) is False


def test_the_section_breathes(opened, page):
    """The pelvic floor, the section's last shape, is lower when she has breathed in."""
    complaints = opened("rib-breathing-lying")
    low = """seconds => {
        const svg = document.documentElement;
        svg.pauseAnimations();
        svg.setCurrentTime(seconds);
        const box = [...svg.querySelectorAll("#half > path")].at(-1).getBBox();
        return box.y + box.height;
    }"""
    out, full = page.evaluate(low, 0), page.evaluate(low, 4)
    assert full > out + 5
    assert complaints == []
