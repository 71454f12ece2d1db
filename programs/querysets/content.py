"""Querysets of content."""

from typing import Self

from django.contrib.postgres.search import SearchQuery, SearchRank, SearchVector, TrigramWordSimilarity
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Greatest

SEARCH_CONFIG = "english"
MIN_SIMILARITY = 0.4  # trigram similarity of a misspelt word and a word of the name, from 0 to 1


class ExerciseQuerySet(models.QuerySet):
    """Exercises."""

    def matching(self, text: str) -> Self:
        """Full-text search for `text`, best match first, each with its `rank`; tolerates typos in the name."""
        document = (
            SearchVector("name", weight="A", config=SEARCH_CONFIG)
            + SearchVector("why", weight="B", config=SEARCH_CONFIG)
            + SearchVector("steps", weight="C", config=SEARCH_CONFIG)
        )
        query = SearchQuery(text, config=SEARCH_CONFIG, search_type="websearch")
        return (
            self.annotate(document=document, similarity=TrigramWordSimilarity(text, "name"))
            .annotate(rank=Greatest(SearchRank(F("document"), query), F("similarity") / 10.0))
            .filter(Q(document=query) | Q(similarity__gte=MIN_SIMILARITY))
            .order_by("-rank", "name")
        )
