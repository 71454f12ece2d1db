"""The admin of settings that are one row of a table."""

from django.urls import reverse


class SingletonAdminMixin:
    """Made once, then changed, never deleted."""

    def has_add_permission(self, request):
        """Only while there is none. Asked on the pages of the row only: every page of the desk asks what may be added."""
        list_of_one = reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_changelist")
        is_there = request.path.startswith(list_of_one) and self.model.objects.exists()
        return super().has_add_permission(request) and not is_there

    def has_delete_permission(self, request, obj=None):
        """There is always one."""
        return False

    def save_model(self, request, obj, form, change):
        """The only row has the key 1."""
        obj.pk = 1
        super().save_model(request, obj, form, change)
