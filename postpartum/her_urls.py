"""Addresses of the pages about herself: what is kept, and how we may write to her."""

from django.urls import path

from postpartum.views import my_data
from postpartum.views.profile import profile

urlpatterns = [
    path("profile/", profile, name="profile"),
    path("my-data/", my_data.my_data, name="my_data"),
    path("my-data/copy/", my_data.ask_copy, name="ask_export"),
    path("my-data/copy/<uuid:key>/", my_data.export, name="export"),
    path("my-data/erase/", my_data.erase, name="erase"),
    path("my-data/keep/", my_data.keep, name="keep_account"),
]
