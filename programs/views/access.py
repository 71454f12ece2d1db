"""How every page of her journey finds her place: through its owner, or not at all."""

from django.http import Http404

from programs.models import Enrollment
from programs.plan import UnknownSession

WISHES = ("3", "7", "12")


def enrollment_of(user):
    """Her enrollment that is not over. Http404 without one."""
    enrollment = Enrollment.objects.open_of(user).first()
    if enrollment is None:
        raise Http404
    return enrollment


def planned_session(plan, key):
    """The session `key` of her plan. Http404 for an unknown key."""
    try:
        return plan.session(key)
    except UnknownSession as error:
        raise Http404 from error


def wish_of(request):
    """The form of the session that was asked for on the way, as the session's own address takes it; "" for none."""
    if "short" in request.GET:
        return "?short"
    return f"?minutes={request.GET['minutes']}" if request.GET.get("minutes") in WISHES else ""
