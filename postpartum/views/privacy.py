"""Everything stored about the member: to read, to export, to erase."""

from uuid import UUID

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from blog.models import Version
from blog.services.erasure import comments_of
from common.members import MemberRequest, member_page
from postpartum.forms.erasure import ErasureForm
from postpartum.models import AccountTerms, Erasure, Export
from postpartum.privacy.categories import addresses_of, counts_of, data_categories_for
from postpartum.privacy.erasure import ask_erasure, keep_account
from postpartum.privacy.exports import ask_export
from programs.pages.data_categories import consents_of, openings_of

NEWEST_OPENINGS = 20


@member_page
@require_safe
def my_data(request: MemberRequest) -> HttpResponseBase:
    """Show all categories of rows, consents, record openings, and the links to export and erasure."""
    categories = data_categories_for(request.user)
    counts = counts_of(categories)
    erasure = Erasure.objects.filter(user=request.user).first() if counts.get("erasure") else None
    consents = list(consents_of(request.user))
    numbers = {number for consent in consents for number in consent.consent_versions or []}
    context = {
        "categories": [
            (category, counts[category.key]) for category in categories if counts.get(category.key)
        ],
        "consents": consents,
        "agreed_pages": Version.objects.in_bulk(numbers) if numbers else {},
        "openings": openings_of(request.user)[:NEWEST_OPENINGS],
        "export": Export.objects.filter(user=request.user).first() if counts.get("copies") else None,
        "erasure": erasure,
        "terms": None if erasure else AccountTerms.current(),
        "now": timezone.now(),
    }
    return render(request, "my_data.html", context)


@member_page
@reauthentication_required
@require_POST
def ask_copy(request: MemberRequest) -> HttpResponseBase:
    """Request a copy, after reauthentication; a mail follows when it is ready."""
    ask_export(request.user, timezone.now())
    messages.success(
        request, _("We are making your copy. We will email you when it is ready, in a few minutes.")
    )
    return redirect("my_data")


@member_page
@reauthentication_required
@require_safe
def export(request: MemberRequest, key: UUID) -> HttpResponseBase:
    """Serve the file to its owner after reauthentication, for a week."""
    found = get_object_or_404(Export, user=request.user, key=key, ready_at__isnull=False)
    if found.gone_at is None or found.gone_at < timezone.now():
        return render(request, "my_data/copy_gone.html", status=410)
    try:
        file = found.file.open()
    except FileNotFoundError:  # an erasure that failed half-way has begun with the files
        return render(request, "my_data/copy_gone.html", status=410)
    name = f"my-data-{timezone.localdate(found.ready_at):%Y-%m-%d}.zip"
    return FileResponse(file, as_attachment=True, filename=name, content_type="application/zip")


@member_page
@reauthentication_required
@require_http_methods(["GET", "HEAD", "POST"])
def erase(request: MemberRequest) -> HttpResponseBase:
    """Request the erasure of the account. Raise PermissionDenied for staff: a colleague at the desk does that."""
    if request.user.is_staff:
        raise PermissionDenied
    has_comments = comments_of(request.user, addresses_of(request.user)).exists()
    form = ErasureForm(request.POST or None, has_comments=has_comments)
    if request.method == "POST" and form.is_valid():
        ask_erasure(request.user, form.comments, timezone.now())
        return redirect("my_data")
    status = 422 if request.method == "POST" else 200
    context = {"form": form, "days": Erasure.GRACE.days}
    return render(request, "my_data/erase.html", context, status=status)


@member_page
@require_POST
def keep(request: MemberRequest) -> HttpResponseBase:
    """Withdraw the request for erasure."""
    if keep_account(request.user):
        messages.success(request, _("Your account stays, with everything in it. We’re glad to have you."))
    return redirect("my_data")
