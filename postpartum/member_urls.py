"""URLs of the member's own pages: profile, privacy, reminders and newsletter."""

from django.urls import path

from postpartum.views import newsletter, privacy, reminders
from postpartum.views.address_change import undo_address_change
from postpartum.views.agreed import agreed_page
from postpartum.views.profile import profile

urlpatterns = [
    path("profile/", profile, name="profile"),
    path("profile/address/undo/<str:token>/", undo_address_change, name="undo_address_change"),
    path("my-data/", privacy.my_data, name="my_data"),
    path("my-data/agreed/<int:pk>/", agreed_page, name="agreed_page"),
    path("my-data/copy/", privacy.ask_copy, name="ask_export"),
    path("my-data/copy/<uuid:key>/", privacy.export, name="export"),
    path("my-data/erase/", privacy.erase, name="erase"),
    path("my-data/keep/", privacy.keep, name="keep_account"),
    path("reminders/", reminders.reminders, name="reminders"),
    path("reminders/calendar/", reminders.share, name="share_calendar"),
    path("reminders/off/<str:token>/", reminders.stop, name="reminder_stop"),
    path("reminders/later/<str:token>/", reminders.later, name="reminder_later"),
    path("calendar/<uuid:key>.ics", reminders.calendar, name="calendar"),
    path("letter/", newsletter.subscribe, name="letter"),
    path("letter/asked/", newsletter.asked, name="letter_asked"),
    path("letter/confirm/<str:token>/", newsletter.confirm, name="letter_confirm"),
    path("letter/stop/<str:token>/", newsletter.unsubscribe, name="letter_stop"),
]
