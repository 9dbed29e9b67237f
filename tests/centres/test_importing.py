"""`lotse import-centres`: what spreadsheets write, every mistake named, all or nothing."""

from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from lotse.centres.importing import Refused, import_file
from lotse.centres.models import Centre, Language, Organisation

pytestmark = pytest.mark.django_db

HEADING = "organisation;centre;address;postcode;place;phone;email;languages;topics"
BERLIN = "Werk;Haus Mitte;Weg 1;10115;Berlin;030 1234-5;haus@example.org;de, ar;work,housing"
JENA = "Werk;Haus Jena;;07743;Jena;;;Deutsch/Ukrainisch;Arbeit und Beruf"


@pytest.fixture
def write(tmp_path: Path) -> Any:
    def write(*lines: str, encoding: str = "utf-8", end: str = "\n") -> Path:
        path = tmp_path / "centres.csv"
        path.write_bytes(end.join([*lines, ""]).encode(encoding))
        return path

    return write


def refusals(path: Path) -> list[str]:
    with pytest.raises(Refused) as refused:
        import_file(path)
    assert not Centre.objects.exists()
    assert not Organisation.objects.exists()
    return [str(trouble) for trouble in refused.value.troubles]


def test_centres_are_made_with_all_that_belongs_to_them(write: Any) -> None:
    summary = import_file(write(HEADING, BERLIN, JENA))
    assert (summary.made, summary.updated, summary.ignored) == (2, 0, [])
    berlin = Centre.objects.get(name="Haus Mitte")
    assert (berlin.organisation.name, berlin.slug, berlin.state) == ("Werk", "haus-mitte", "BE")
    assert (berlin.phone, berlin.email) == ("030 1234-5", "haus@example.org")
    assert berlin.latitude == pytest.approx(52.53, abs=0.01)
    assert {language.code for language in berlin.languages.all()} == {"de", "ar"}
    assert {topic.slug for topic in berlin.topics.all()} == {"work", "housing"}
    jena = Centre.objects.get(name="Haus Jena")
    assert {language.code for language in jena.languages.all()} == {"de", "uk"}
    assert {topic.slug for topic in jena.topics.all()} == {"work"}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize(
    ("heading", "line"),
    [
        ("TRÄGER;Beratungsstelle;PLZ;Ort", "Werk;Haus Grün;1067;Dresden"),
        ("Traeger,Name,Postleitzahl,Stadt", 'Werk,"Haus Grün",01067,Dresden'),
        ("Organization\tCenter\tZIP\tCity", "Werk\tHaus Grün\t01067\tDresden"),
    ],
)
def test_spreadsheets_differ(write: Any, encoding: str, end: str, heading: str, line: str) -> None:
    import_file(write(heading, line, "", encoding=encoding, end=end))
    centre = Centre.objects.get()
    assert (centre.name, centre.slug) == ("Haus Grün", "haus-gruen")
    assert (centre.postcode, centre.state) == ("01067", "SN")


def test_again_updates(write: Any) -> None:
    import_file(write(HEADING, BERLIN, JENA))
    before = Centre.objects.get(name="Haus Mitte")
    changed = BERLIN.replace("Weg 1", "Platz 2").replace("de, ar", "ru")
    summary = import_file(write(HEADING, changed, JENA))
    assert (summary.made, summary.updated) == (0, 2)
    after = Centre.objects.get(name="Haus Mitte")
    assert (after.pk, after.slug, after.address) == (before.pk, before.slug, "Platz 2")
    assert {language.code for language in after.languages.all()} == {"ru"}


def test_what_has_no_column_stays(write: Any) -> None:
    import_file(write(HEADING, BERLIN))
    Centre.objects.update(answer_days=5, latitude=52.5, longitude=13.4)
    import_file(write("organisation;centre;postcode;place", "Werk;Haus Mitte;10115;Berlin"))
    centre = Centre.objects.get()
    assert (centre.address, centre.answer_days, centre.latitude) == ("Weg 1", 5, 52.5)
    assert centre.languages.count() == 2


def test_a_centre_that_moves_stays_the_same(write: Any) -> None:
    import_file(write(HEADING, BERLIN))
    before = Centre.objects.get()
    import_file(write(HEADING, BERLIN.replace("10115;Berlin", "80331;München")))
    after = Centre.objects.get()
    assert (after.pk, after.state) == (before.pk, "BY")
    assert after.latitude == pytest.approx(48.1, abs=0.1)


def test_two_centres_of_one_name_in_two_places(write: Any) -> None:
    other = BERLIN.replace("10115;Berlin", "80331;München")
    import_file(write(HEADING, BERLIN, other))
    import_file(write(HEADING, BERLIN, other))
    assert sorted(Centre.objects.values_list("slug", flat=True)) == ["haus-mitte", "haus-mitte-2"]


def test_coordinates_may_be_given(write: Any) -> None:
    heading = f"{HEADING};Breitengrad;Längengrad"
    import_file(write(heading, f"{BERLIN};52,1;13.9", f"{JENA};;"))
    assert Centre.objects.get(name="Haus Mitte").latitude == 52.1
    assert Centre.objects.get(name="Haus Jena").latitude == pytest.approx(50.9, abs=0.1)


def test_a_centre_without_a_place(write: Any) -> None:
    import_file(write("organisation;centre", "Werk;Haus Online"))
    assert (Centre.objects.get().state, Centre.objects.get().latitude) == ("", None)


@pytest.mark.parametrize(
    ("column", "value", "message"),
    [
        (0, "", "row 2, column organisation: This is empty."),
        (1, "", "row 2, column centre: This is empty."),
        (1, "x" * 201, "row 2, column centre: Longer than 200 characters."),
        (1, "a\x00b", "row 2, column centre: Holds a control character."),
        (3, "1234567", "row 2, column postcode: Not a German postcode."),
        (3, "00000", "row 2, column postcode: Not a German postcode."),
        (5, "call me", "row 2, column phone: Not a telephone number."),
        (6, "haus@", "row 2, column email: Not an e-mail address."),
        (7, "de,Klingonisch", "row 2, column languages: Unknown language: Klingonisch."),
        (8, "work;x", "row 2: 10 cells instead of 9"),
        (8, "work,magic", "row 2, column topics: Unknown topic: magic."),
    ],
)
def test_each_mistake_is_named(write: Any, column: int, value: str, message: str) -> None:
    cells = BERLIN.split(";")
    cells[column] = value
    assert refusals(write(HEADING, ";".join(cells), JENA)) == [message]


@pytest.mark.parametrize(
    ("pair", "message"),
    [
        (";13", "row 2, column latitude: Latitude and longitude go together."),
        ("91;13", "row 2, column latitude: Not between -90 and 90."),
        ("nan;13", "row 2, column latitude: Not between -90 and 90."),
        ("52;east", "row 2, column longitude: Not a number."),
    ],
)
def test_coordinates_are_checked(write: Any, pair: str, message: str) -> None:
    assert refusals(write(f"{HEADING};lat;lon", f"{BERLIN};{pair}")) == [message]


def test_all_mistakes_at_once(write: Any) -> None:
    bad = BERLIN.replace("10115", "abc").replace("haus@", "@")
    assert len(refusals(write(HEADING, bad, JENA, bad.replace("Mitte", "Süd")))) == 4


def test_the_same_centre_twice(write: Any) -> None:
    message = "row 3, column centre: The same centre is in row 2."
    assert refusals(write(HEADING, BERLIN, BERLIN)) == [message]


def test_no_table_of_centres(write: Any) -> None:
    assert refusals(write("")) == ["The file is empty."]
    assert refusals(write("organisation;centre;PLZ;postcode")) == [
        "row 1, column postcode: The column comes more than once."
    ]
    assert refusals(write("a;b")) == [
        "row 1, column centre: The column is missing.",
        "row 1, column organisation: The column is missing.",
    ]
    assert "not UTF-8" in refusals(write(HEADING, "Träger", encoding="latin-1"))[0]
    assert "row 2: This is not CSV" in refusals(write(HEADING, 'Werk;"Haus'))[0]


def test_a_dry_run_changes_nothing(write: Any, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("import_centres", write(f"{HEADING};Farbe", f"{BERLIN};rot"), "--dry-run")
    out, err = capsys.readouterr()
    assert out == "Would make 1 and update 0 centres.\n"
    assert err == "Column left out: Farbe\n"
    assert not Centre.objects.exists()
    assert not Organisation.objects.exists()


def test_the_command_says_where(write: Any) -> None:
    with pytest.raises(CommandError, match=r"Nothing was imported\.\nrow 2, column postcode"):
        call_command("import_centres", write(HEADING, BERLIN.replace("10115", "x")))
    with pytest.raises(CommandError, match=r"No such file"):
        call_command("import_centres", "/nowhere.csv")


def test_the_number_of_statements_does_not_grow(write: Any) -> None:
    def statements(count: int) -> int:
        lines = [BERLIN.replace("Mitte", f"Mitte {number}") for number in range(count)]
        with CaptureQueriesContext(connection) as made:
            import_file(write(HEADING, *lines))
        return len(made)

    assert statements(50) == statements(2)
    assert Centre.objects.count() == 50
    assert Language.objects.count() > 15
