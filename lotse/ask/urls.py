"""Public pages, up to the chat."""

from django.urls import path

from lotse.ask import language, leave, own_links, pages, wizard

app_name = "ask"
urlpatterns = [
    path("", pages.start, name="start"),
    path("ask/", wizard.ask, name="ask"),
    path("c/<slug:slug>/", own_links.counsellor, name="counsellor"),
    path("c/<slug:slug>/qr.svg", own_links.counsellor_code, name="counsellor-code"),
    path("c/<slug:slug>/print/", own_links.counsellor_sheet, name="counsellor-sheet"),
    path("centre/<slug:slug>/", own_links.centre, name="centre"),
    path("centre/<slug:slug>/qr.svg", own_links.centre_code, name="centre-code"),
    path("centre/<slug:slug>/print/", own_links.centre_sheet, name="centre-sheet"),
    path("help/", pages.emergency, name="help"),
    path("leave/", leave.leave, name="leave"),
    path("erased/", pages.erased, name="erased"),
    path("answer-time/", pages.answer_time, name="answer-time"),
    path("privacy/", pages.privacy, name="privacy"),
    path("imprint/", pages.imprint, name="imprint"),
    path("language/", language.switch, name="language"),
]
