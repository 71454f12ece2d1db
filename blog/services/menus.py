"""The menus of the site: stored as a whole, and read by each process once and again after a change."""

import threading
from collections.abc import Sequence

from django.db import transaction

from blog.models import MenuLink, Page
from blog.models.menus import Menu
from common.locks import lock_name
from common.menus import Link, set_menus

_reloading = threading.Lock()  # what was read first is shown first


def reload_menus() -> None:
    """Show the stored menus in this process (two queries). A footer that nobody made lists the published pages."""
    with _reloading:
        links: dict[str, list[Link]] = {menu.value: [] for menu in Menu}
        stored = MenuLink.objects.select_related("page").defer("page__body", "page__rendered", "page__words")
        made = set()
        for link in stored.defer("page__search"):
            made.add(link.menu)
            if link.page is None or link.page.status == Page.Status.PUBLISHED:
                links[link.menu].append(Link(link.words, link.target_url))
        if Menu.FOOTER not in made:
            pages = (
                Page.objects.filter(status=Page.Status.PUBLISHED).order_by("pk").only("kind", "title", "slug")
            )
            links[Menu.FOOTER] = [Link(page.title, page.get_absolute_url()) for page in pages]
        set_menus(links)


def lock_menus() -> None:
    """Let one transaction at a time read and save the menus."""
    lock_name("menus")


@transaction.atomic
def save_menus(links: Sequence[MenuLink]) -> None:
    """Replace all menus by `links`, each in the order given. Idempotent."""
    lock_menus()
    MenuLink.objects.all().delete()
    for position, link in enumerate(links, start=1):
        link.pk, link.position = None, position
    MenuLink.objects.bulk_create(links)
    transaction.on_commit(reload_menus)
