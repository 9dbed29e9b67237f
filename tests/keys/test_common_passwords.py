from scripts.common_passwords import TARGET, common_passwords


def test_the_browser_s_list_is_the_newest() -> None:
    """After an update of Django: `python -m scripts.common_passwords`."""
    assert TARGET.read_text(encoding="utf-8").split("\n")[:-1] == common_passwords()


def test_it_knows_what_people_here_choose() -> None:
    listed = set(common_passwords())
    assert {"password123", "qwertzuiop", "йцукенгшщз", "passwort123"} <= listed
    assert all(len(one) >= 10 for one in listed)
