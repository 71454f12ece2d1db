"""The mark of views whose page is the same for every visitor without a cookie."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http.response import HttpResponseBase

View = Callable[..., HttpResponseBase]


def public_page(*parameters: str) -> Callable[[View], View]:
    """Mark a view whose page for a visitor without a cookie depends on its path and these query parameters only.

    Such a page may be kept and handed to the next visitor (postpartum.kept_pages). Of a request with any other
    parameter nothing is kept.
    """

    def mark(view: View) -> View:
        @wraps(view)
        def page(*args: Any, **kwargs: Any) -> HttpResponseBase:
            return view(*args, **kwargs)

        page.public_parameters = frozenset(parameters)  # type: ignore[attr-defined]
        return page

    return mark


def public_parameters(view: Any) -> frozenset[str] | None:
    """Return the query parameters a public page follows; None for a view that is none."""
    return getattr(view, "public_parameters", None)
