"""Addresses of the pages about herself: what is kept, and how we may write to her."""

from django.urls import path

from postpartum.views.my_data import my_data
from postpartum.views.profile import profile

urlpatterns = [
    path("profile/", profile, name="profile"),
    path("my-data/", my_data, name="my_data"),
]
