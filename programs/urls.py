"""Addresses of the program: the public catalogue, and the member's own pages."""

from django.urls import path

from programs.views import catalogue, enrollment, player, progress, today

urlpatterns = [
    path("program/", catalogue.program, name="program"),
    path("exercises/", catalogue.exercises, name="exercises"),
    path("exercises/<slug:slug>/", catalogue.exercise, name="exercise"),
    path("start/", enrollment.start, name="start"),
    path("start/<int:step>/", enrollment.questions, name="start_step"),
    path("start/<int:step>/help/", enrollment.emergency, name="start_help"),
    path("start/result/", enrollment.result, name="start_result"),
    path("start/again/", enrollment.again, name="start_again"),
    path("start/enroll/", enrollment.enroll, name="enroll"),
    path("today/", today.today, name="today"),
    path("sessions/", player.kept, name="kept_sessions"),
    path("sessions/<slug:key>/", player.session, name="session"),
    path("sessions/<slug:key>/log/", player.log, name="session_log"),
    path("progress/", progress.progress, name="progress"),
]
