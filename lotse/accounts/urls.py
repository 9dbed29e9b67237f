from django.urls import path

from lotse.accounts import pages

urlpatterns = [
    path("sign-in/", pages.sign_in, name="sign-in"),
    path("recover/", pages.recover, name="recover"),
    path("join/", pages.join, name="join"),
]
