"""Addresses under /articles/."""

from django.urls import path

from blog.feeds import ArticleFeed
from blog.views import articles, comments, desk, documents, own_comments, pictures, preview, reports
from common.public_pages import public_page

urlpatterns = [
    path("", articles.article_list, name="articles"),
    path("feed/", public_page()(ArticleFeed()), name="articles_feed"),
    path("moderate/<str:token>/", desk.decide_by_mail, name="comment_desk"),
    path("files/<str:key>/<str:name>", documents.document, name="document"),
    path("pictures/<str:key>/share.jpg", pictures.share_card, name="share_card"),
    path("pictures/<str:key>/<int:width>.<str:kind>", pictures.picture, name="picture"),
    path("preview/<str:token>/", preview.preview, name="article_preview"),
    path("quiet/<str:token>/", own_comments.unsubscribe_page, name="comment_quiet"),
    path("<slug:slug>/", articles.article, name="article"),
    path("<slug:slug>/comment/", comments.write, name="article_comment"),
    path("<slug:slug>/comment/<str:token>/", own_comments.own, name="comment_own"),
    path("<slug:slug>/comment/<str:token>/change/", own_comments.change, name="comment_change"),
    path("<slug:slug>/comment/<str:token>/delete/", own_comments.delete, name="comment_delete"),
    path("<slug:slug>/comments/<int:pk>/", comments.find, name="comment"),
    path("<slug:slug>/comments/<int:pk>/report/", reports.report, name="comment_report"),
]
