"""Samples of every mail the site sends."""

from csp.decorators import csp_update
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from common.members import MemberRequest
from postpartum.desk import roles
from postpartum.desk.navigation import desk_page, desk_render
from postpartum.mail.samples import SAMPLES


@desk_page(roles.SEE_MAIL)
@require_safe
def samples(request: MemberRequest) -> HttpResponse:
    """Show the subject and text of each."""
    mails = [sample.rendered() for sample in SAMPLES]
    return desk_render(request, "desk/mail_samples.html", {"mails": mails}, _("Emails we send"))


@desk_page(roles.SEE_MAIL)  # type: ignore[arg-type]  # csp_update returns any response
@csp_update({"style-src": ["'unsafe-inline'"]})  # type: ignore[arg-type]  # mails have styles of their own
@require_safe
def sample(request: MemberRequest, key: str) -> HttpResponse:
    """Show one of them as a mail client renders it."""
    found = next((sample for sample in SAMPLES if sample.key == key), None)
    if found is None:
        raise Http404
    return HttpResponse(found.rendered()["html"])
