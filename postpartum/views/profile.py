"""The member's profile: name, time zone and country."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from common.members import MemberRequest, member_page
from postpartum.forms.profile import ProfileForm
from postpartum.names import look_at_names
from postpartum.reminders.scheduling import reschedule
from programs.pages.figures import remember_woman


@member_page
@require_http_methods(["GET", "HEAD", "POST"])
def profile(request: MemberRequest) -> HttpResponse:
    """Show and save the profile; typed values survive every error."""
    form = ProfileForm(request.POST or None, instance=request.user)
    if request.method == "POST" and form.is_valid():
        look_at_names(request, form.save())
        if "time_zone" in form.changed_data:
            reschedule(request.user, timezone.now())
        messages.success(request, _("Saved."))
        return remember_woman(request, redirect("profile"), form.cleaned_data["figure_woman"])
    status = 422 if request.method == "POST" else 200
    return render(request, "accounts/profile.html", {"form": form}, status=status)
