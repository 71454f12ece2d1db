"""Addresses under /articles/."""

from django.urls import path

from blog.views import articles, comments

urlpatterns = [
    path("", articles.article_list, name="articles"),
    path("<slug:slug>/", articles.article, name="article"),
    path("<slug:slug>/comment/", comments.write, name="article_comment"),
    path("<slug:slug>/comment/<str:token>/", comments.sent, name="comment_sent"),
    path("<slug:slug>/comments/<int:pk>/", comments.find, name="comment"),
]
