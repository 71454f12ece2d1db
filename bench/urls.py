"""The site's addresses, and a view that does nothing: what remains of a page when only Django is left."""

from django.http import HttpResponse
from django.urls import path

from postpartum import urls as site

handler400, handler403, handler404, handler500 = (
    site.handler400,
    site.handler403,
    site.handler404,
    site.handler500,
)


def hello(request):
    """The bare view."""
    return HttpResponse("Hello")


urlpatterns = [path("bench/hello/", hello), *site.urlpatterns]
