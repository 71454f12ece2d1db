"""People at the desk: identity only. Passwords are never shown; she resets her own by mail."""

from django.contrib import admin

from accounts.models import User


@admin.register(User)
class UserAdmin(admin.ModelAdmin):
    """Find a person by name or address; give or take the right to open the desk."""

    list_display = ["email", "name", "is_staff", "is_active", "date_joined"]
    list_filter = ["is_staff", "is_active"]
    search_fields = ["email", "name"]
    fields = ["email", "name", "pen_name", "time_zone", "is_active", "is_staff", "groups", "date_joined"]
    readonly_fields = ["date_joined"]
    filter_horizontal = ["groups"]
    show_full_result_count = False
