"""Content the therapist writes, and the releases published from it."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from common.search_text import SEARCH_CONFIG, search_text
from programs.labels import choices
from programs.querysets.content import ExerciseQuerySet
from programs.rules.vocabulary import (
    Equipment,
    Focus,
    Mode,
    Position,
    SafetyFlag,
    SessionKind,
    Weekday,
)


class Loaded(models.Model):
    """Abstract base of rows that content files may load.

    `loaded_digest` is the digest of the row's content as the files last wrote it: if the current digest differs, the
    therapist has edited the row, and loading leaves it alone.
    """

    loaded_digest = models.CharField(max_length=64, blank=True, editable=False)

    class Meta:
        abstract = True


class Program(Loaded):
    """A progressive course and its texts; members follow a release of it, never these rows.

    `cesarean_guidance` is for the member to read; `cesarean_rules` and `safety_flags` tell the clinician what the
    reviewed rules do. `no_baby_text` maps the place of a text (cesarean_guidance/2; counted from 1) to its
    replacement. `files_digest` is the digest of all content files last loaded.
    """

    slug = models.SlugField(_("name in addresses"), unique=True)
    name = models.CharField(_("name"), max_length=120)
    subtitle = models.CharField(_("subtitle"), max_length=200, blank=True)
    version = models.CharField(_("version of the words"), max_length=20, blank=True)
    review_note = models.TextField(_("state of the clinical review"), blank=True)
    audience = models.TextField(_("who it is for"), blank=True)
    not_for = ArrayField(models.TextField(), verbose_name=_("what it is not for"), default=list, blank=True)
    no_baby_note = models.TextField(_("about the words for when her baby is not with her"), blank=True)
    no_baby_text = models.JSONField(_("words when her baby is not with her"), default=dict, blank=True)
    hours_between_sessions = models.PositiveSmallIntegerField(
        _("hours between sessions, at least"), default=24
    )
    suggested_days = ArrayField(
        models.CharField(max_length=3, choices=choices(Weekday)),
        verbose_name=_("days suggested for sessions"),
        default=list,
        blank=True,
    )
    volume_note = models.TextField(_("about the amount of work"), blank=True)
    cesarean_guidance = ArrayField(
        models.TextField(), verbose_name=_("after a cesarean"), default=list, blank=True
    )
    cesarean_rules = ArrayField(
        models.TextField(), verbose_name=_("what the rules do after a cesarean"), default=list, blank=True
    )
    safety_flags = models.JSONField(
        _("what the safety flags mean"), default=dict, blank=True, help_text=_("Safety flag → text.")
    )
    files_digest = models.CharField(max_length=64, blank=True, editable=False)

    class Meta:
        verbose_name = _("program")
        verbose_name_plural = _("programs")

    def __str__(self) -> str:
        return self.name


class Phase(Loaded):
    """A block of weeks with one aim. The reviewed rules, not this row, decide when it opens."""

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="phases")
    number = models.PositiveSmallIntegerField(_("number"), validators=[MinValueValidator(1)])
    slug = models.SlugField(_("name in addresses"))
    name = models.CharField(_("name"), max_length=80)
    goal = models.TextField(_("goal"))

    class Meta:
        verbose_name = _("phase")
        verbose_name_plural = _("phases")
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["program", "number"], name="programs_phase_number")]

    def __str__(self) -> str:
        return str(_("Phase %(number)d: %(name)s") % {"number": self.number, "name": self.name})


class Milestone(Loaded):
    """A self-check in plain language at the end of a phase. The phase's digest covers its milestones."""

    phase = models.ForeignKey(Phase, on_delete=models.CASCADE, related_name="milestones")
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    slug = models.SlugField(_("name in addresses"))
    text = models.TextField(_("text"))
    text_by_flag = models.JSONField(
        _("other text by safety flag"), default=dict, blank=True, help_text=_("Safety flag → text.")
    )

    class Meta:
        verbose_name = _("milestone")
        verbose_name_plural = _("milestones")
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["phase", "slug"], name="programs_milestone_slug")]

    def __str__(self) -> str:
        return self.text


class Exercise(Loaded):
    """A movement with instructions, cautions and neighbours.

    `safety` maps a safety flag to {"action": ok|easier|swap, "note": str, "swap_to": slug or null};
    `doses` maps a phase number (as text) to a dose: {"sets", "reps", "seconds", "tempo", "rest_seconds"};
    a tempo is {"lift", "hold", "lower", "relax"} in seconds. `no_baby_text` maps the place of a text (why, steps/1,
    form_cues/2, easier, harder, safety/doming; counted from 1) to its replacement. `photo`, `video` and `voice` are
    the therapist's own (programs.plan.Photo, Video and Recording as plain data) and name immutable files.
    """

    slug = models.SlugField(_("name in addresses"), unique=True, max_length=80)
    name = models.CharField(_("name"), max_length=120)
    focus = models.CharField(_("focus"), max_length=20, choices=choices(Focus), db_index=True)
    position = models.CharField(_("position"), max_length=24, choices=choices(Position))
    equipment = ArrayField(
        models.CharField(max_length=12, choices=choices(Equipment)), verbose_name=_("equipment"), default=list
    )
    mode = models.CharField(_("counted or timed"), max_length=8, choices=choices(Mode))
    sides = models.PositiveSmallIntegerField(_("sides"), default=1, validators=[MaxValueValidator(2)])
    side_note = models.CharField(_("about the sides"), max_length=200, blank=True)
    why = models.TextField(_("why"))
    steps = ArrayField(models.TextField(), verbose_name=_("steps"))
    inhale_cue = models.TextField(_("breathing in"))
    exhale_cue = models.TextField(_("breathing out"))
    form_cues = ArrayField(models.TextField(), verbose_name=_("form cues"), default=list)
    common_mistake = models.TextField(_("common mistake"), blank=True)
    easier_text = models.TextField(_("easier"), blank=True)
    easier_variant = models.ForeignKey(
        "self",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("easier variant"),
    )
    harder_text = models.TextField(_("harder"), blank=True)
    harder_variant = models.ForeignKey(
        "self",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("harder variant"),
    )
    harder_from_phase = models.PositiveSmallIntegerField(
        _("harder from phase"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
        help_text=_("Empty: the harder way is never offered."),
    )
    harder_never_with = ArrayField(
        models.CharField(max_length=16, choices=choices(SafetyFlag)),
        verbose_name=_("harder never with"),
        default=list,
        blank=True,
    )
    harder_not_with_hypermobility = models.BooleanField(
        _("no harder way with very bendy joints"), default=False
    )
    no_baby_text = models.JSONField(
        _("words when her baby is not with her"),
        default=dict,
        blank=True,
        help_text=_("Place of the text, such as steps/1 → text."),
    )
    safety = models.JSONField(_("cautions by safety flag"), default=dict)
    doses = models.JSONField(_("dose by phase"), default=dict)
    tags = ArrayField(models.CharField(max_length=120), verbose_name=_("tags"), default=list, blank=True)
    figure = models.JSONField(_("figure"), default=dict, blank=True)
    photo = models.JSONField(_("photograph"), null=True, blank=True, editable=False)
    video = models.JSONField(_("video"), null=True, blank=True, editable=False)
    voice = models.JSONField(_("spoken cue"), null=True, blank=True, editable=False)
    search = models.GeneratedField(
        expression=SearchVector(search_text("name"), weight="A", config=SEARCH_CONFIG)
        + SearchVector(search_text("why"), weight="B", config=SEARCH_CONFIG)
        + SearchVector(search_text("steps"), weight="C", config=SEARCH_CONFIG),
        output_field=SearchVectorField(),
        db_persist=True,
        verbose_name=_("words that are searched"),
    )
    updated_at = models.DateTimeField(auto_now=True)

    objects = ExerciseQuerySet.as_manager()

    class Meta:
        verbose_name = _("exercise")
        verbose_name_plural = _("exercises")
        ordering = ["slug"]

    def __str__(self) -> str:
        return self.name


class Week(Loaded):
    """Seven days with one theme.

    Its education point may carry an article of this site, by slug and title, and a video (programs.plan.Video as
    plain data).
    """

    phase = models.ForeignKey(Phase, on_delete=models.CASCADE, related_name="weeks")
    number = models.PositiveSmallIntegerField(_("number"), validators=[MinValueValidator(1)])
    theme = models.CharField(_("theme"), max_length=120)
    theme_no_baby = models.CharField(_("theme when her baby is not with her"), max_length=120, blank=True)
    education = models.TextField(_("education point"))
    education_no_baby = models.TextField(_("education point when her baby is not with her"), blank=True)
    article_slug = models.SlugField(
        _("article to read"), max_length=200, blank=True, default="", db_default="", db_index=False
    )
    article_title = models.CharField(
        _("title of the article"), max_length=200, blank=True, default="", db_default="", editable=False
    )
    video = models.JSONField(_("video"), null=True, blank=True, editable=False)
    walking_minutes = models.PositiveSmallIntegerField(_("minutes a walk"), default=0)
    walking_days = models.PositiveSmallIntegerField(_("walks a week"), default=0)
    walking_note = models.TextField(_("about walking"), blank=True)

    class Meta:
        verbose_name = _("week")
        verbose_name_plural = _("weeks")
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["phase", "number"], name="programs_week_number")]

    def __str__(self) -> str:
        return str(_("Week %(number)d: %(theme)s") % {"number": self.number, "theme": self.theme})


class Session(Loaded):
    """One planned practice: a week's session, its daily practice, or one that belongs to no week.

    Its digest covers its prescriptions.
    """

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="sessions")
    week = models.ForeignKey(Week, on_delete=models.CASCADE, null=True, blank=True, related_name="sessions")
    key = models.SlugField(_("key"), help_text=_("Part of its address, such as w01-a."))
    kind = models.CharField(_("kind"), max_length=16, choices=choices(SessionKind))
    letter = models.CharField(_("letter"), max_length=1, blank=True)
    title = models.CharField(_("title"), max_length=120)
    use_when = models.CharField(_("when it is used"), max_length=200, blank=True)
    note = models.TextField(_("note"), blank=True)
    walking_note = models.TextField(_("about walking"), blank=True)
    rounds_target = models.PositiveSmallIntegerField(_("rounds a day"), default=1)
    opening_voice = models.JSONField(_("spoken opening"), null=True, blank=True, editable=False)
    closing_voice = models.JSONField(_("spoken end"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("session")
        verbose_name_plural = _("sessions")
        ordering = ["key"]
        constraints = [models.UniqueConstraint(fields=["program", "key"], name="programs_session_key")]

    def __str__(self) -> str:
        return self.title


class Prescription(models.Model):
    """An exercise in a session with its dose: `seconds` of a timed dose, or `reps` of a counted one."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="prescriptions")
    position = models.PositiveSmallIntegerField(_("position"))
    exercise = models.ForeignKey(Exercise, on_delete=models.PROTECT, related_name="prescriptions")
    sets = models.PositiveSmallIntegerField(_("sets"), default=1)
    reps = models.PositiveSmallIntegerField(_("repetitions"), null=True, blank=True)
    seconds = models.PositiveSmallIntegerField(_("seconds"), null=True, blank=True)
    lift_seconds = models.PositiveSmallIntegerField(_("lift"), null=True, blank=True)
    hold_seconds = models.PositiveSmallIntegerField(_("hold"), null=True, blank=True)
    lower_seconds = models.PositiveSmallIntegerField(_("lower"), null=True, blank=True)
    relax_seconds = models.PositiveSmallIntegerField(_("relax"), null=True, blank=True)
    rest_seconds = models.PositiveSmallIntegerField(_("rest between sets"), default=0)
    sides = models.PositiveSmallIntegerField(_("sides"), default=1)
    in_short_form = models.BooleanField(_("in the short form"), default=False)

    class Meta:
        verbose_name = _("exercise of a session")
        verbose_name_plural = _("exercises of sessions")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["session", "position"],
                name="programs_prescription_position",
                deferrable=models.Deferrable.DEFERRED,
            ),
            models.CheckConstraint(
                condition=models.Q(reps__isnull=False, seconds__isnull=True)
                | models.Q(reps__isnull=True, seconds__isnull=False),
                name="programs_prescription_counted_or_timed",
                violation_error_message=_("Give either repetitions or seconds."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.exercise} ({self.session.title})"


class Release(models.Model):
    """A published, frozen version of a program. The database refuses to change its plan."""

    program = models.ForeignKey(Program, on_delete=models.PROTECT, related_name="releases")
    number = models.PositiveIntegerField(_("number"))
    plan = models.JSONField(_("plan"), editable=False)
    digest = models.CharField(max_length=64, editable=False)
    published_at = models.DateTimeField(_("published"), default=timezone.now)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    # By whoever stands behind a release that came with the program; publishing one at the desk says as much.
    signed_off_at = models.DateTimeField(_("signed off"), null=True, blank=True, editable=False)
    signed_off_by_name = models.CharField(
        _("signed off by"), max_length=120, blank=True, default="", db_default="", editable=False
    )

    class Meta:
        verbose_name = _("release")
        verbose_name_plural = _("releases")
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["program", "number"], name="programs_release_number")]

    def __str__(self) -> str:
        return str(_("Release %(number)d") % {"number": self.number})
