"""The player's modules, joined into a few files: browsers run these in all other tests of the player."""

from pathlib import Path

import pytest
from django.conf import settings

from postpartum.script_packs import FOLDER, importing_packs, packed

ALONE = {"phone.js": "", "main.js": "", "background.js": "", "first-breath.js": ""}
STORE = "export const open = 1;\nexport async function close() {}\nconst own = 2;\n"


def test_modules_that_the_same_pages_load_are_one_file():
    phone = 'import { open } from "./store.js";\n'
    found = packed(ALONE | {"store.js": STORE, "words.js": "export class Fill {}", "phone.js": phone} | {
        "main.js": 'import { Fill } from "./words.js";'
    })  # fmt: skip
    assert found.keys() == ALONE.keys() | {"pack-member-session.js", "pack-session.js"}
    assert found["phone.js"] == 'import { open } from "./pack-member-session.js";\n'
    assert "as open," in found["pack-member-session.js"]
    assert "export {" not in found["main.js"]


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"phone.js": 'import { a } from "./store.js";', "store.js": "export let a = 1;"}, "store.js"),
        ({"phone.js": 'import { a } from "./a.js";', "a.js": 'import * as b from "./b.js";'}, "a.js"),
        (
            {
                "phone.js": 'import { a } from "./a.js";',
                "a.js": 'import { b } from "./b.js";\nexport const a = 1;',
                "b.js": 'import { a } from "./a.js";\nexport const b = 1;',
            },
            "imports itself",
        ),
        (
            {
                "phone.js": 'import { a } from "./a.js";\nimport { a } from "./b.js";',
                "a.js": "export const a = 1;",
                "b.js": "export const a = 2;",
            },
            "another module",
        ),
    ],
)
def test_what_cannot_be_joined_is_said_when_files_are_collected(changed, said):
    with pytest.raises(ValueError, match=said):
        packed(ALONE | changed)


def test_a_script_beside_the_folder_shares_the_packs_of_a_page():
    """A module run twice on a page makes its Trusted Types policy twice, which browsers refuse."""
    folder = Path(settings.BASE_DIR, "static/js")
    modules = {one.name: one.read_text() for one in (folder / "player").glob("*.js")}
    script = importing_packs((folder / "keep-answers.js").read_text(), modules)
    assert 'from "./player/pack-breathe-member-session.js";' in script
    assert "trusted.js" not in script


def test_a_member_loads_no_module_twice_and_a_worker_nothing_of_the_page():
    modules = {one.name: one.read_text() for one in Path(settings.BASE_DIR, "static", FOLDER).glob("*.js")}
    found = packed(modules)
    for name in modules.keys() - found.keys():
        assert (
            sum(f"const m_{name.removesuffix('.js').replace('-', '_')} = (" in one for one in found.values())
            == 1
        )
    assert found["pack-member-session-worker.js"].count(" = (() => {") == 2  # the outbox and its store
