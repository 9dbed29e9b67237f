"""What is remembered about people ends when something is told of them."""

from time import monotonic

from lotse.core.identifiers import new_id
from lotse.stream.broker import Notification, current
from lotse.stream.remembered import Remembered


def test_telling_forgets_whatever_names_the_person() -> None:
    remembered: Remembered[str, int] = Remembered()
    one, other = new_id(), new_id()
    remembered.put("both", 1, [one, other], monotonic())
    remembered.put("other", 2, [other], monotonic())
    current().publish([Notification(one, "recheck")])
    assert (remembered.get("both"), remembered.get("other")) == (None, 2)


def test_what_is_told_between_question_and_answer_counts() -> None:
    remembered: Remembered[str, int] = Remembered()
    person, asked_at = new_id(), monotonic()
    current().publish([Notification(person, "recheck")])
    remembered.put("asked before", 1, [person], asked_at)
    assert remembered.get("asked before") is None
    remembered.put("asked again", 2, [person], monotonic())
    assert remembered.get("asked again") == 2
