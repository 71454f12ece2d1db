"""The version of a page that a member agreed to, or is asked to agree to now."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from blog.models import Version
from blog.sanitizing import clean_article
from common.lookups import row_or_404
from common.members import MemberRequest, member_page
from common.practice import practice_details
from programs.pages.data_categories import consents_of


@member_page
@require_safe
def agreed_page(request: MemberRequest, pk: int) -> HttpResponse:
    """Show the words of that day. Raise Http404 for a version that the member has nothing to do with."""
    asked = {page.version for page in practice_details()["consent_pages"]}
    agreed = {one for consent in consents_of(request.user) for one in consent.consent_versions or []}
    if pk not in asked | agreed:
        raise Http404
    version = row_or_404(Version.objects.select_related("article"), pk)
    context = {"version": version, "words": clean_article(version.body), "is_agreed": pk in agreed}
    return render(request, "agreed_page.html", context)
