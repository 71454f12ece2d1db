"""The words in which content is asked for."""

from django.contrib.postgres.search import SearchQuery, SearchRank, SearchVector, TrigramWordSimilarity
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Greatest

SEARCH_CONFIG = "english"
ALIKE = 0.4  # how alike a misspelt word and a word of the name must be, from 0 to 1


class ExerciseQuerySet(models.QuerySet):
    """Exercises."""

    def matching(self, text):
        """Those that speak of `text`, best first, each with its `rank`; forgiving of typing errors in the name."""
        words = (
            SearchVector("name", weight="A", config=SEARCH_CONFIG)
            + SearchVector("why", weight="B", config=SEARCH_CONFIG)
            + SearchVector("steps", weight="C", config=SEARCH_CONFIG)
        )
        query = SearchQuery(text, config=SEARCH_CONFIG, search_type="websearch")
        return (
            self.annotate(words=words, alike=TrigramWordSimilarity(text, "name"))
            .annotate(rank=Greatest(SearchRank(F("words"), query), F("alike") / 10.0))
            .filter(Q(words=query) | Q(alike__gte=ALIKE))
            .order_by("-rank", "name")
        )
