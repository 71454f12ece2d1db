"""Categories and tags: the main one becomes the article's topic, all are stored as labels."""

from hashlib import sha256

from django.db import transaction
from django.utils.text import slugify

from blog.models import ImportedTerm, ImportRun, Topic

from ..planning.rules import main_topic
from ..planning.survey import Post, Survey, Term
from ..reporting.lines import Outcome, Outcomes
from ..reporting.reasons import Reason

NAME_MAX = 80


class Topics:
    """The topics and labels of a run's posts, by (taxonomy, slug) on the old blog."""

    def __init__(self, run: ImportRun, survey: Survey) -> None:
        self._run, self._survey = run, survey
        self._topics: dict[tuple[str, str], Topic] = {}
        self._labels: dict[tuple[str, str], ImportedTerm] = {}
        self._by_number = {
            term.wp_id: slug
            for (taxonomy, slug), term in survey.terms.items()
            if taxonomy == "category" and term.wp_id
        }
        self._main = {number: self._main_of(post) for number, post in survey.posts.items()}

    @transaction.atomic
    def settle(self) -> None:
        """Find or create the needed topics, save all labels, and record the outcomes."""
        outcomes = Outcomes(self._run)
        wanted = dict.fromkeys(filter(None, self._main.values()))
        for key, term in self._survey.terms.items():
            if key in wanted:
                self._topics[key], is_new = self._topic(key, term)
            if term.number is None:
                continue
            if key in wanted:
                outcomes.set(term.number, Outcome.IMPORTED if is_new else Outcome.UNCHANGED)
            else:
                outcomes.set(term.number, Outcome.SKIPPED, [Reason.LABEL_ONLY])
        outcomes.flush()
        if not self._run.dry_run:
            self._keep_labels()

    def topic_of(self, number: int) -> Topic | None:
        """Return the topic of the post at this position, or None."""
        main = self._main[number]
        return self._topics.get(main) if main else None

    def labels_of(self, number: int) -> list[ImportedTerm]:
        """Return the labels of the post at this position."""
        return [self._labels[key] for key in self._survey.posts[number].terms if key in self._labels]

    def others_of(self, number: int) -> list[str]:
        """Return the names of its other categories and tags, except the default category."""
        post = self._survey.posts[number]
        return [
            self._survey.terms[key].name
            for key in post.terms
            if key != self._main[number] and key[1] != "uncategorized"
        ]

    def topic_by_term(self, key: tuple[str, str]) -> Topic | None:
        """Return the topic that a category or tag became, or None."""
        return self._topics.get(key)

    def _main_of(self, post: Post) -> tuple[str, str] | None:
        return main_topic(post.terms, self._survey.counts, self._by_number.get(post.chosen_term))

    def _topic(self, key: tuple[str, str], term: Term) -> tuple[Topic, bool]:
        slug = slugify(key[1])[:NAME_MAX] or f"topic-{sha256(key[1].encode()).hexdigest()[:8]}"
        topic = Topic.objects.filter(slug=slug).first()
        if topic is not None:
            return topic, False
        topic = Topic(slug=slug, name=term.name[:NAME_MAX], description=term.description)
        if not self._run.dry_run:
            topic.save()
        return topic, True

    def _keep_labels(self) -> None:
        ImportedTerm.objects.bulk_create(
            (
                ImportedTerm(
                    site=self._run.site,
                    taxonomy=taxonomy,
                    slug=slug,
                    name=term.name,
                    description=term.description,
                    parent_slug=term.parent,
                    topic=self._topics.get((taxonomy, slug)),
                )
                for (taxonomy, slug), term in self._survey.terms.items()
            ),
            update_conflicts=True,
            unique_fields=["site", "taxonomy", "slug"],
            update_fields=["name", "description", "parent_slug", "topic"],
        )
        for label in ImportedTerm.objects.filter(site=self._run.site):
            self._labels[(label.taxonomy, label.slug)] = label
