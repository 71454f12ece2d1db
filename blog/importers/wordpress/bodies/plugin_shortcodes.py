"""Converts shortcodes of form plugins and page builders: text, links and images in their attributes."""

import re
from html import escape
from urllib.parse import unquote

from ..addresses import parts_of
from .lookup import Gallery
from .picture_sources import is_picture

# Forms for visitors, not part of the text.
FORMS = re.compile(r"contact-f|gravityform|wpforms|ninja_form|formidable|mc4wp|mailpoet|newsletter", re.I)
# Shortcodes of plugins; the enclosed text is kept.
PLUGINS = re.compile(
    FORMS.pattern + r"|vc_|et_pb_|fusion_|av_|elementor|themify|su_|wpb_|jetpack|rev_slider|metaslider|"
    r"ad_?(inserter|sense)|woocommerce|products?$|do_widget|social|share|addtoany|toc$|columns?$|one_|two_|row$|"
    r"button$|btn$|spacer$|divider$|clear$|dropcap$|highlight$|tabs?$|accordion|toggle|spoiler|alert$|box$|"
    r"icon$|testimonials?$|slide(r|s|show)?$|lightbox$",
    re.I,
)
TITLES = ("title", "heading", "header", "tab_title", "question", "subtitle", "subhead", "author", "caption")
WORDS = ("text", "content", "description", "answer", "quote", "button_text", "label", "alt")
LINKS = ("link", "url", "href", "button_url", "button_link", "link_url", "image_link")
PICTURES = ("src", "image", "image_url", "img", "images", "photo", "picture", "background_image", "bg_image")
GALLERIES = (*PICTURES, "ids", "gallery_ids", "include")
_NUMBERS = re.compile(r"\d{1,12}(\s*,\s*\d{1,12})*")
_BLOCK = re.compile(r"<(?:p|div|h\d|ul|ol|table|figure|blockquote|a)\b|\n\s*\n", re.I)
_SAID = re.compile(r"[^\W\d_]{2}")  # at least two letters, as in a word


def plugin_html(name: str, attributes: dict[str, str], enclosed: str, gallery: Gallery) -> str:
    """Return the HTML that a plugin's shortcode would show, as far as its attributes tell."""
    if FORMS.match(name):
        return enclosed
    words, link = _words(attributes), _link(attributes)
    title = words.pop("title", "")
    pictures = _pictures(attributes, gallery, words.pop("alt", ""))
    more = "".join(f"\n\n{escape(word, quote=False)}\n\n" for word in words.values())
    if is_picture(enclosed.strip()):
        enclosed = f'<img src="{escape(enclosed.strip())}" alt="">'
    if link and not pictures and not _BLOCK.search(enclosed):
        shown = enclosed.strip() or escape(title, quote=False) or escape(link)
        heading = title if enclosed.strip() else ""
        return _heading(heading) + f'<a href="{escape(link)}">{shown}</a>' + more
    if link and pictures:
        pictures = f'<a href="{escape(link)}">{pictures}</a>'
    return _heading(title) + _alone(pictures) + enclosed + more


def attributes_in_words(name: str, attributes: dict[str, str]) -> dict[str, str]:
    """Return the attributes with text or URLs that `plugin_html` does not show, for the report."""
    shown = () if FORMS.match(name) else (*TITLES, *WORDS)
    link = _link(attributes)
    return {
        key: value[:500]
        for key, value in attributes.items()
        if _SAID.search(value) and key not in shown and value != link and not _is_shown(key, value)
    }


def _words(attributes: dict[str, str]) -> dict[str, str]:
    """Return the texts of the attributes: all headings under "title", the others by attribute."""
    said = {key: attributes[key].strip() for key in (*TITLES, *WORDS) if attributes.get(key, "").strip()}
    titles = [said.pop(key) for key in TITLES if key in said]
    return ({"title": " – ".join(titles)} if titles else {}) | said


def _link(attributes: dict[str, str]) -> str:
    """Return the URL of the first link; page builders encode it as url:https%3A%2F%2F…|title:…"""
    for key in LINKS:
        value = attributes.get(key, "")
        if value.startswith("url:"):
            value = unquote(value.removeprefix("url:").partition("|")[0])
        if value.startswith(("/", "#", "mailto:", "tel:")) or parts_of(value).netloc:
            return value
    return ""


def _pictures(attributes: dict[str, str], gallery: Gallery, alt: str) -> str:
    """Return the HTML of images named by number or URL; a video's URL becomes a paragraph of its own."""
    shown = []
    for key in dict.fromkeys(GALLERIES):
        value = attributes.get(key, "").strip()
        if _NUMBERS.fullmatch(value):
            shown.append(gallery({"ids": value}).strip())
        elif is_picture(value):
            shown.append(f'<img src="{escape(value)}" alt="{escape(alt)}">')
        elif _is_shown(key, value):
            shown.append(f"\n\n{escape(value)}\n\n")
    return "".join(dict.fromkeys(shown))


def _is_shown(key: str, value: str) -> bool:
    """Return whether an attribute is the URL of an image or video."""
    return key in GALLERIES and (is_picture(value) or (key == "src" and bool(parts_of(value).netloc)))


def _heading(title: str) -> str:
    return f"\n\n<p><strong>{escape(title, quote=False)}</strong></p>\n\n" if title else ""


def _alone(pictures: str) -> str:
    return f"\n\n{pictures}\n\n" if pictures else ""
