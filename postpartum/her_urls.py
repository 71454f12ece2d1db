"""Addresses of the pages about herself: what is kept, and how we may write to her."""

from django.urls import path

from postpartum.views import letter, my_data, reminders
from postpartum.views.profile import profile

urlpatterns = [
    path("profile/", profile, name="profile"),
    path("my-data/", my_data.my_data, name="my_data"),
    path("my-data/copy/", my_data.ask_copy, name="ask_export"),
    path("my-data/copy/<uuid:key>/", my_data.export, name="export"),
    path("my-data/erase/", my_data.erase, name="erase"),
    path("my-data/keep/", my_data.keep, name="keep_account"),
    path("reminders/", reminders.reminders, name="reminders"),
    path("reminders/calendar/", reminders.share, name="share_calendar"),
    path("reminders/off/<str:token>/", reminders.stop, name="reminder_stop"),
    path("reminders/later/<str:token>/", reminders.later, name="reminder_later"),
    path("calendar/<uuid:key>.ics", reminders.calendar, name="calendar"),
    path("letter/", letter.letter, name="letter"),
    path("letter/asked/", letter.asked, name="letter_asked"),
    path("letter/confirm/<str:token>/", letter.confirm, name="letter_confirm"),
    path("letter/stop/<str:token>/", letter.stop, name="letter_stop"),
]
