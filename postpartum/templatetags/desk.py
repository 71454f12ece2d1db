"""What the desk's templates of Django's admin ask for."""

import json
from typing import Any

from django import template

register = template.Library()


@register.filter
def inline_data(formset: Any) -> str:
    """Return what Django's script for rows of another model reads, with the desk's words on its button."""
    data = json.loads(formset.inline_formset_data())
    data["options"]["addText"] = str(formset.opts.add_words)
    return json.dumps(data)
