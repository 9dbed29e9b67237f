from django.urls import path

from lotse.desk import pages

urlpatterns = [path("desk/", pages.desk, name="desk")]
