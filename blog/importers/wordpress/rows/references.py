"""What the texts of the old blog mean here: its links, pictures, galleries and reusable blocks."""

from html import escape

from blog.models import Redirect

from ..addresses import IMAGE_EXTENSIONS, base_of, host_of, keys_to_try, original_key, parts_of
from ..reporting.reasons import Reason
from .pictures import own_picture


class References:
    """Answers the questions of one article's text; `reading` names the article that is read, for the reports.

    `addresses` gives by old key the address here of what is in this file.
    """

    def __init__(self, survey, pictures, addresses):
        self._survey, self._pictures, self._addresses = survey, pictures, addresses
        self._by_parent, self._alts = {}, {}
        for number, attachment in survey.attachments.items():
            self._by_parent.setdefault(attachment.parent, []).append(number)
            self._alts[original_key(attachment.address)] = attachment.alt
        self._post, self._title, self._notes = None, "", None

    def reading(self, post, title, notes):
        """From now on answer for this article."""
        self._post, self._title, self._notes = post, title, notes

    def picture(self, address, alt):
        """The address here of a picture, or None."""
        if not self._is_ours(address, pictures=True):
            return None
        if self._survey.is_own and own_picture(address):
            return parts_of(address).path
        found = self._pictures.find(address, alt or self._alts.get(original_key(address), ""), self._title)
        return found.get_absolute_url() if found else None

    def cover(self, number):
        """The Picture of the uploaded file with this number on the old blog, or None."""
        attachment = self._survey.attachments.get(number)
        if attachment is None:
            return None
        if self._survey.is_own and (own := own_picture(attachment.address)):
            return own
        return self._pictures.find(attachment.address, attachment.alt, self._title)

    def link(self, address):
        """The address here of a link into the old blog; None where it leads elsewhere or to what did not come."""
        if not address.strip() or address.startswith("#") or not self._is_ours(address):
            return None
        parts = parts_of(address)
        if parts.path.lower().endswith(IMAGE_EXTENSIONS):
            return self.picture(address, "")
        found = self._find(parts)
        if found is None:
            return self._unknown(address, parts)
        if self._survey.is_own and found.strip("/") == parts.path.strip("/"):
            return _without_host(parts)
        return f"{found}#{_anchor(parts.fragment)}" if parts.fragment else found

    def gallery(self, ids):
        """The HTML of the pictures with these numbers, as "1, 2"; of those uploaded for the post if there are none."""
        numbers = [int(part) for part in ids.split(",") if part.strip().isdecimal()]
        if not numbers:
            numbers = self._by_parent.get(self._post.wp_id, [])
        attachments = [self._survey.attachments[n] for n in numbers if n in self._survey.attachments]
        return "\n\n" + "\n".join(map(_framed, attachments)) + "\n\n"

    def block(self, number):
        """The HTML of a reusable block, or an empty text."""
        return self._survey.blocks.get(number, "")

    def _is_ours(self, address, *, pictures=False):
        parts, host = parts_of(address), host_of(address)
        if parts.scheme not in ("", "http", "https"):
            return False
        if pictures and ("wp-content/uploads/" in parts.path or host.endswith(".files.wordpress.com")):
            return True
        return not host or host in self._survey.hosts

    def _find(self, parts):
        keys = keys_to_try(parts.path, parts.query)
        for key in keys:
            if key in self._addresses:
                return self._addresses[key]
        known = Redirect.objects.filter(key__in=keys).select_related("article", "topic", "picture").first()
        return known.leads_to if known else None

    def _unknown(self, address, parts):
        if self._survey.is_own:
            return _without_host(parts)
        if not parts.query and parts.path.strip("/").lower() == base_of(self._survey.site):
            return "/articles/" if base_of(self._survey.site) else "/"
        self._notes.add(Reason.LINK_UNKNOWN, address[:300])
        return None


def _without_host(parts):
    return parts._replace(scheme="", netloc="", path=parts.path or "/").geturl()


def _anchor(fragment):
    return "comments" if fragment.startswith(("comment", "respond")) else fragment


def _framed(attachment):
    caption = f"<figcaption>{escape(attachment.caption)}</figcaption>" if attachment.caption else ""
    return (
        f'<figure><img src="{escape(attachment.address)}" alt="{escape(attachment.alt)}">{caption}</figure>'
    )
