"""Querysets of content."""

from typing import Any, Self

from django.contrib.postgres.search import SearchRank, TrigramWordSimilarity
from django.db import models
from django.db.models import F, Func, Q
from django.db.models.functions import Greatest

from common.search_text import search_query, search_text, without_accents
from common.synonyms import Query, with_synonyms

MIN_SIMILARITY = 0.4  # trigram similarity of a misspelt word and a word of the name, from 0 to 1


class ExerciseQuerySet(models.QuerySet):
    """Exercises."""

    def matching(self, text: str) -> Self:
        """Full-text search for `text` and its synonyms, best match first, each with its `rank`; tolerates typos in the name."""
        return self.matching_query(with_synonyms(text), without_accents(search_query(text)))

    def matching_query(self, query: Query, name_like: Any) -> Self:
        """Search exercises for a full-text query, or a name like `name_like` (without accents), as `matching` does."""
        name = Func(search_text("name"), function="UNACCENT", output_field=models.TextField())
        return (
            self.annotate(similarity=TrigramWordSimilarity(name_like, name))
            .annotate(rank=Greatest(SearchRank(F("search"), query), F("similarity") / 10.0))
            .filter(Q(search=query) | Q(similarity__gte=MIN_SIMILARITY))
            .order_by("-rank", "name")
        )
