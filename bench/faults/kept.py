"""What a site has, beside what it said it has."""

import time
from collections import Counter

from bench.faults.site import Site
from bench.faults.writers import Told


def kept(site: Site, told: Told) -> dict[str, object]:
    """Compare what the site said it has with what is there."""
    rows = Counter(
        body for (body,) in site.ask("SELECT body FROM blog_comment WHERE body LIKE 'Comment number %'")
    )
    time.sleep(5)  # the worker sends what waits
    folder = site.data_dir / "mail"
    mails = Counter(
        line
        for path in (folder.iterdir() if folder.exists() else ())
        for line in path.read_text(errors="replace").splitlines()
        if line.startswith("Message-ID:")
    )
    return {
        "acknowledged": len(told.taken),
        "lost": len(told.taken - rows.keys()),
        "doubled": sum(number > 1 for number in rows.values()),
        "mails": len(mails),
        "mails doubled": sum(number > 1 for number in mails.values()),
    }
