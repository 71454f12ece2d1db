"""One walk through the started product: each promise of the README once, over HTTP alone."""

import time

import pytest

from tests.servers import a_data_dir, a_free_port
from tests.smoke import desk, joining, keeping, operating, practising, reading
from tests.smoke.promises import commands_promised, promised
from tests.smoke.site import Site

WALK = [
    operating.production,
    operating.health,
    operating.static_files,
    reading.safety,
    desk.first_owner,
    desk.second_step,
    joining.first_breath,
    joining.sign_up,
    joining.screening,
    joining.reminder,
    practising.offline,
    practising.check_in,
    practising.session,
    practising.warning_sign,
    reading.asking_for_the_letter,
    desk.writing,
    reading.comment,
    desk.deciding_by_mail,
    reading.found,
    desk.bringing_in,
    desk.old_addresses,
    desk.publishing,
    operating.crash,
    operating.new_keys,
    keeping.copy,
    operating.backup,
    keeping.erasing,
    operating.other_commands,
    keeping.reminded,
    reading.letter,
    operating.restore,
]


class Walk:
    """What the steps hand on: the site, another one to restore into, a folder for files, and the people met."""

    def __init__(self, site, other, folder):
        self.site, self.other, self.folder = site, other, folder


@pytest.fixture
def walk(tmp_path):
    """A walk about to begin; whatever it has started ends with it."""
    with a_data_dir() as first, a_data_dir() as second:
        sites = [Site(data_dir, a_free_port()) for data_dir in (first, second)]
        yield Walk(*sites, tmp_path)
        for site in sites:
            if site.process:
                site.kill_everything()


def test_each_promise_has_its_step_and_each_step_its_promise():
    walked = [step.promise for step in WALK if hasattr(step, "promise")]
    assert len(walked) == len(set(walked))
    assert set(promised()) - set(walked) == set(), "The README promises what the walk lacks."
    assert set(walked) - set(promised()) == set(), "The walk keeps what the README does not promise."


@pytest.mark.timeout(900)
def test_each_promise_is_kept_by_the_started_product(walk):
    began = time.monotonic()
    for step in WALK:
        begun = time.monotonic()
        step(walk)
        print(
            f"{time.monotonic() - begun:5.1f} s  {step.__name__}: {step.__doc__.splitlines()[0]}", flush=True
        )
    print(f"{time.monotonic() - began:5.1f} s  in all", flush=True)
    missing = set(commands_promised()) - walk.site.commands_run - walk.other.commands_run
    assert missing == set(), "The README's table has commands that the walk never ran."
