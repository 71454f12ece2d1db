"""Human words for codes, in templates."""

from django import template

from programs.labels import label as label_of

register = template.Library()


@register.filter
def label(code):
    """The words for one code of the vocabulary."""
    return label_of(code)


@register.filter
def labels(codes):
    """The words for several codes, as one line."""
    return ", ".join(str(label_of(code)) for code in codes)
