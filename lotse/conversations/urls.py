from django.urls import path

from lotse.conversations import pages

urlpatterns = [path("chat/", pages.chat, name="chat")]
