"""The links in the header and the footer of every page."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .pages import Page


class Menu(models.TextChoices):
    """Where a link stands."""

    HEADER = "header", _("At the top")
    FOOTER = "footer", _("At the bottom")


class MenuLink(models.Model):
    """One link of a menu: to a page of the site, or to an address. Without a text it is called as the page is."""

    menu = models.CharField(max_length=10, choices=Menu)
    position = models.PositiveSmallIntegerField(default=0)
    text = models.CharField(_("words"), max_length=60, blank=True)
    page = models.ForeignKey(Page, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    address = models.CharField(_("address"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("link of a menu")
        verbose_name_plural = _("links of the menus")
        ordering = ["menu", "position", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(page=None) ^ Q(address=""), name="blog_menulink_one_target"),
        ]

    def __str__(self) -> str:
        return self.words

    @property
    def words(self) -> str:
        """The text, or the title of its page."""
        return self.text or (self.page.title if self.page else self.address)

    @property
    def target_url(self) -> str:
        """The URL it leads to."""
        return self.page.get_absolute_url() if self.page else self.address
