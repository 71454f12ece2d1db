"""What the site holds about her, in plain words."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from postpartum.lib.members import member_page
from programs.facts.held import held_about


@member_page
@require_safe
def my_data(request):
    """Everything kept about the member who asks, and nobody else."""
    return render(request, "my_data.html", {"held": held_about(request.user)})
