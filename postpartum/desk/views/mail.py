"""Mail that could not be delivered."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from common.members import MemberRequest
from postpartum.desk.navigation import desk_page
from postpartum.models import Mail


@desk_page("postpartum.change_mail")
@require_POST
def done(request: MemberRequest, pk: int) -> HttpResponse:
    """Take an undelivered mail off the list. Idempotent."""
    mail = get_object_or_404(Mail, pk=pk)
    Mail.objects.filter(pk=mail.pk, resolved_at=None).update(resolved_at=timezone.now())
    messages.success(request, _("Off your list."))
    return redirect("admin:index")
