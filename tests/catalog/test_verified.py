"""The proof that these bytes passed: quick when sound, as good as none when not."""

import dataclasses
import subprocess
import sys

import pytest


def proofs(book):
    return sorted((book.project.cache / "catalog").glob("*.json"))


def content(catalog):
    """The catalog and its units, in a form that compares."""
    return dataclasses.replace(catalog, units=None), {unit: catalog.units[unit] for unit in catalog.units}


def test_verified_catalog_equals_the_checked_one(book):
    first = book.read()
    assert len(proofs(book)) == 1
    assert content(book.read()) == content(first)


def test_verified_catalog_is_read_without_pandas_pandera_or_yaml(book):
    book.read()
    code = ("import sys; from pathlib import Path; from greenbook.project import Project; "
            "from greenbook.catalog.reading import read_catalog; read_catalog(Project(Path(sys.argv[1]))); "
            "print(sorted({'pandas', 'pandera', 'yaml', 'ruamel'} & set(sys.modules)))")
    command = [sys.executable, "-c", code, str(book.project.root)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_refused_data_leave_no_proof(book):
    book.replace("observations/steel.csv", "1019.0813", "1_000")
    assert book.messages()
    assert proofs(book) == []


@pytest.mark.parametrize("damage", [lambda content: b"", lambda content: content[:-1], lambda content: b"{}\n{}",
                                    lambda content: content.replace(b"Crude", b"Rough", 1)])
def test_damaged_proof_is_made_anew(book, damage):
    first = book.read()
    (proof,) = proofs(book)
    whole = proof.read_bytes()
    proof.write_bytes(damage(whole))
    assert content(book.read()) == content(first)
    assert proof.read_bytes() == whole


def test_changed_data_are_checked_again(book):
    book.read()
    book.replace("observations/steel.csv", "1019.0813,final", "1019.0813,finl")
    assert len(book.messages()) == 1


def test_changed_rules_look_at_old_data_again(book, monkeypatch):
    book.read()
    monkeypatch.setattr("greenbook.catalog.verified.rules", lambda: "another")
    book.read()
    assert len(proofs(book)) == 2


def test_few_proofs_are_kept(book):
    for year in range(12):
        book.replace("glossary.csv", "green productivity", f"green productivity {year}")
        book.read()
        book.replace("glossary.csv", f"green productivity {year}", "green productivity")
    assert len(proofs(book)) == 8


def test_cache_that_cannot_be_written_is_no_fault(book):
    book.project.build.write_text("a file where the folder should be")
    assert len(book.read().observations) == 5
