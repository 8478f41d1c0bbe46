"""A small project to import into, and files to import."""

import shutil

import openpyxl
import pytest

from building import BOOKS
from greenbook.catalog.declared import declare
from greenbook.errors import DataRefused
from greenbook.intake.importing import prepare
from greenbook.project import Project

FILL = "fill: {region: CN, status: final, source: TR01}\n"
LONG = "indicator,region,year,value,status,source,released\n"


class Desk:
    """A project, and a folder beside it with files to import."""

    def __init__(self, root, folder):
        self.project, self.folder = Project(root), folder

    def file(self, name, content):
        path = self.folder / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    def workbook(self, rows, change=None, name="book.xlsx"):
        """A workbook with one sheet called S; `change` may alter book and sheet before it is saved."""
        book = openpyxl.Workbook()
        sheet = book.active
        sheet.title = "S"
        for row in rows:
            sheet.append(row)
        if change:
            change(book, sheet)
        book.save(self.folder / name)
        return self.folder / name

    def prepare(self, path, mapping="", **options):
        rules = self.file("mapping.yml", mapping) if mapping else None
        return prepare(self.project, path, rules, **options)

    def messages(self, path, mapping="", **options):
        """The messages with which the file is refused; none where it is accepted."""
        try:
            return [str(problem) for problem in sorted(self.prepare(path, mapping, **options).problems)]
        except DataRefused as refused:
            return [str(problem) for problem in refused.problems]

    def values(self, path, mapping="", **options):
        """Key and value of every candidate."""
        made = self.prepare(path, mapping, **options)
        assert made.problems == []
        return {(item.cells["indicator"], item.cells["region"], item.cells["year"]): item.cells["value"]
                for item in made.shaped.candidates}

    def bytes(self):
        return {path.relative_to(self.project.data).as_posix(): path.read_bytes()
                for path in sorted(self.project.data.rglob("*")) if path.is_file()}


@pytest.fixture
def desk(tmp_path):
    shutil.copytree(BOOKS / "small", tmp_path / "book", ignore=shutil.ignore_patterns("_build"))
    (tmp_path / "files").mkdir()
    desk = Desk(tmp_path / "book", tmp_path / "files")
    list(declare(desk.project))
    return desk
