"""The form of the site's menus: one row for each link."""

import re
from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from blog.models import MenuLink, Page
from blog.models.menus import Menu

# The site's own parts, by the name of their URL.
PARTS = {
    "home": _("Front page"),
    "articles": _("Articles"),
    "program": _("The program"),
    "exercises": _("Exercises"),
    "start": _("Start the program"),
    "search": _("Search"),
    "letter": _("Newsletter"),
    "safety": _("Signs to stop, and who to call"),
}
ADDRESS = re.compile(r"(https?://[^\s\\]+|/(?![/\\])[^\s\\]*|mailto:[^\s@]+@[^\s@]+|tel:[+\d][\d ()-]+)")
EXTRA_ROWS = 2


class MenuLinkForm(forms.Form):
    """One link: where it stands, where it leads, and what it says."""

    menu = forms.ChoiceField(label=_("Where it stands"), choices=Menu.choices, initial=Menu.FOOTER)
    leads_to = forms.ChoiceField(label=_("Leads to"), required=False)
    address = forms.CharField(label=_("Another address"), max_length=500, required=False)
    text = forms.CharField(label=_("Words, if others than the page’s title"), max_length=60, required=False)

    def __init__(self, *args: Any, pages: Sequence[Page], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.pages = {f"page:{page.pk}": page for page in pages}
        field: Any = self.fields["leads_to"]
        field.choices = [
            ("", _("Another address")),
            (_("Pages"), [(key, _named(page)) for key, page in self.pages.items()]),
            (_("Parts of the site"), [(reverse(name), words) for name, words in PARTS.items()]),
        ]

    def clean_address(self) -> str:
        """Complete an address without a scheme. Raise ValidationError for one that no browser opens safely."""
        address = self.cleaned_data["address"].strip()
        if re.match(r"[\w-]+(\.[\w-]+)+(/|$)", address):
            address = f"https://{address}"
        if address and not ADDRESS.fullmatch(address):
            raise ValidationError(
                _("This is not an address. It begins with https://, or with / for a page of this site.")
            )
        return address

    def clean(self) -> dict[str, Any]:
        """Ask for a target, and for words where the target has no title."""
        data = self.cleaned_data
        if not data.get("leads_to") and "address" in data:
            if not data["address"]:
                self.add_error("leads_to", _("Please say where it leads to."))
            elif not data.get("text"):
                self.add_error("text", _("Please say what the link is called."))
        return data

    def link(self) -> MenuLink:
        """Return the link that was described, not yet stored."""
        data = self.cleaned_data
        page = self.pages.get(data["leads_to"])
        address = "" if page else data["leads_to"] or data["address"]
        words = {reverse(name): str(words) for name, words in PARTS.items()}
        return MenuLink(
            menu=data["menu"], page=page, address=address, text=data["text"] or words.get(address, "")
        )


MenuFormSet = forms.formset_factory(
    MenuLinkForm,
    extra=EXTRA_ROWS,
    can_order=True,
    can_delete=True,
    max_num=30,
    validate_max=True,
)


def initial_of(links: Sequence[MenuLink]) -> list[dict[str, Any]]:
    """Return the initial values of the formset for the stored links."""
    parts = {reverse(name) for name in PARTS}
    return [
        {
            "menu": link.menu,
            "leads_to": f"page:{link.page_id}"
            if link.page_id
            else link.address
            if link.address in parts
            else "",
            "address": "" if link.page_id or link.address in parts else link.address,
            "text": link.text,
        }
        for link in links
    ]


def _named(page: Page) -> Any:
    if page.status == Page.Status.PUBLISHED:
        return page.title
    return _("%(title)s (not published)") % {"title": page.title}
