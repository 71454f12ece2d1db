"""A real Chromium moves the drawings as we mean them to move, under the strictest policy."""

import pytest

from programs.figures.picture.drawing import moving
from programs.figures.picture.layout import look_at, room, whole
from programs.figures.rig import anatomy

pytestmark = pytest.mark.browser

ADDRESS = "http://localhost/figure.svg"
STRICTEST = "default-src 'none'"
CLOSE = 14  # of the 1000 units the picture is wide; she is drawn a little stiff to keep the file small

HIGHEST = """seconds => {
    const svg = document.documentElement;
    svg.pauseAnimations();
    svg.setCurrentTime(seconds);
    const toPicture = svg.getScreenCTM().inverse();
    const highest = (path) => {
        const here = toPicture.multiply(path.getScreenCTM());
        const steps = Array.from({ length: 49 }, (_, k) => path.getPointAtLength(path.getTotalLength() * k / 48));
        return Math.min(...steps.map((point) => point.matrixTransform(here).y));
    };
    return Math.min(...[...svg.querySelectorAll("path")].map(highest));
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
    """Told by her highest point, the crown."""
    scene = scenes[slug]
    camera = room(look_at(scene), whole()).camera
    complaints = opened(slug)
    for frame in scene.frames[::5]:
        crown = camera.point(frame.body.on_head(0, 3))[1] - camera.size(anatomy.HEAD_R)
        found = page.evaluate(HIGHEST, min(frame.time, scene.seconds - 0.001))
        assert found == pytest.approx(crown, abs=CLOSE), f"{slug} at {frame.time} s"
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
