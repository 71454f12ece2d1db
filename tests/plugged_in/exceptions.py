"""What the tests of this folder let pass, each with its reason; one that is no longer needed fails."""

from fnmatch import fnmatchcase

MOST_TOLD = 50


def check(found, exceptions):
    """Fail with the messages of `found` (name → message) that are no exceptions, and with exceptions not found.

    An exception may be a pattern, such as "programs.rules.answers:Facts.*".
    """
    known = {name for name in found if any(fnmatchcase(name, one) for one in exceptions)}
    lost = [message for name, message in found.items() if name not in known]
    needless = [
        f"{one} is an exception no longer: take it off the list"
        for one in exceptions
        if not any(fnmatchcase(name, one) for name in found)
    ]
    told = (lost + needless)[:MOST_TOLD]
    more = len(lost + needless) - len(told)
    assert not told, "\n" + "\n".join([*told, *([f"and {more} more"] if more else [])])


# Code that nothing of ours reaches.
UNREACHED = {
    "programs.figures.rig.body:Body.heights": "measures a pose: the tests hold every figure to the floor with it",
    "programs.figures.rig.flesh:skin_heights": "the same, with the skin",
    "programs.figures.rig.flesh:Placed.lowest": "a part of skin_heights",
    "programs.figures.rig.flesh:reach": "a part of skin_heights",
    "programs.figures.picture.palette:GROUNDS": "the tests hold every line to 3:1 on these two grounds",
    "programs.figures.picture.palette:contrast": "measures that",
    "programs.figures.picture.palette:luminance": "a part of contrast",
}

# Rules that only worked examples run.
ONLY_TRIED = {
    "programs.rules.carry_over:hours": "turns the hours of examples into times",
}

# Fields of what the therapist writes that nobody reads but who edits, checks or copies it.
UNREAD_CONTENT = {
    "programs.models.content:Prescription.*_seconds": "read into the plan as Tempo.lift, hold, lower and relax",
}

# Fields of other dataclasses that nobody reads by their name.
UNREAD = {
    "programs.rules.check_in_rules:*Context.*": "the tables of rules read them by the names in FIELDS",
}

# Modules that show everything there is: to be shown there is not to be used.
ONLY_SHOWN = {"postpartum.mail.samples": "one of every mail, for the therapist to look at"}

# Codes that have words, and that no code says.
WORDED = {
    "blog.models.moderation:MODE_LABELS Mode.APPROVE_ALL": "the therapist chooses it in the form of the policy",
}

# Addresses that no page links to: who asks for them knows them.
ENTRIES = {
    "healthz": "watchers of the site; README",
    "metrics": "Prometheus; docs/alarms.md",
    "robots": "crawlers ask for /robots.txt by themselves",
    "favicon": "browsers ask for /favicon.ico by themselves",
    "dev_mail": "only where DEBUG is on; script/server says it at its start, and the README",
}

# Variables that are not for whoever configures the site.
NOT_OURS = {
    "DJANGO_SETTINGS_MODULE": "Django's; set by what starts the site",
    "CALLED_FROM": "handed by script/manage to its own Python",
    "PATH": "the system's",
    "PWD": "the shell's",
    "PIP_INDEX_URL": "pip's own: where it is set, uv stays out of the way",
    "PIP_NO_INDEX": "the same",
}

# What tests change of the product.
PATCHED = {
    "tests/database.py: settings.DATABASES": "a throw-away database instead of the one under DATA_DIR",
    "tests/postpartum/backup/conftest.py: override_settings(MEDIA_ROOT)": "a second site beside the tests' own",
    "tests/postpartum/test_bucket.py: *(STORAGES)": "the same, without its server",
    "tests/postpartum/test_bucket.py: settings.STORAGES": "as the settings are made where S3_BUCKET is set",
    "tests/postpartum/test_database_away.py: hung.answers": "counts how often a server that answers is asked",
    "tests/postpartum/test_embedded_postgres.py: places.SHARED_HOME": "/var/lib/postpartum of another machine",
    "tests/postpartum/test_embedded_postgres.py: programs.PACKAGES": "an installation under a closed home",
    "tests/programs/content/conftest.py: programs.files.collecting._read": "reads unchanged files once, by the same code",
}

# Settings that are others under test.
OWN_SETTINGS = {
    "ENVIRONMENT": "what production requires, for the import of its settings alone",
    "PASSWORD_HASHERS": "hashing a password well takes a quarter of a second, by design",
    "EMAIL_BACKEND": "kept in memory; the tests of the queue use the queue",
}
