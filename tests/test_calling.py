"""A mistyped call is told what it could have been, in one line, and ends with code 2."""

import pytest

from greenbook.cli import parser


@pytest.mark.parametrize(("words", "told"), [
    ("repor", 'build.py: GB217: found "repor"; one of report, draft, '),
    ("repor", "; write report"),
    ("report --langauge en", 'build.py report: GB217: found "--langauge"; '),
    ("report --langauge=en", "; write --language"),
    ("report --lang en", "; write --language"),
    ("check now", 'build.py check: GB217: found "now"; no further word; see build.py check --help'),
    ("report --jobs 0", 'argument --jobs: "0"; expected a whole number from 1 to 512'),
    ("report --jobs two", 'argument --jobs: "two"; expected a whole number'),
    ("preview --port 70000", "expected a whole number from 1 to 65535"),
    ("", "required: COMMAND; see build.py --help"),
    ("chapter", "required: NAME; see build.py chapter --help"),
    ("import x.csv --encoding GBK", "'GBK'"),
])
def test_wrong_call_is_told_in_one_line(words, told, capsys):
    with pytest.raises(SystemExit) as caught:
        parser().parse_args(words.split())
    said = capsys.readouterr().err
    assert caught.value.code == 2 and told in said and said.count("\n") == 1


def test_right_call_is_read():
    call = parser().parse_args(["report", "--chapter", "steel", "--chapter", "paper", "--jobs", "3", "--language=en"])
    assert (call.chapter, call.jobs, call.language) == (["steel", "paper"], 3, ["en"])
