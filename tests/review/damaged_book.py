"""A copy of the small book whose cells and files a test damages, and what `check` says of it."""

import json
import shutil
from pathlib import Path

from greenbook.errors import GreenbookError
from greenbook.project import HOUSE, Project
from greenbook.review.check import check

SMALL = Path(__file__).parents[1] / "books" / "small"


class Book:
    """The small book in `folder`; it takes the house's templates unless it gets its own."""

    def __init__(self, folder, templates=False):
        self.root = Path(folder)
        shutil.copytree(SMALL, self.root, dirs_exist_ok=True, ignore=shutil.ignore_patterns("_build"))
        if templates:
            shutil.copytree(HOUSE / "templates", self.root / "templates")

    def change(self, notebook, cell_id, change):
        """Gives the cell to `change`, which returns True where the cell shall go."""
        path = self.root / "notebooks" / f"{notebook}.ipynb"
        tree = json.loads(path.read_text("utf-8"))
        cell = next(cell for cell in tree["cells"] if cell["id"] == cell_id)
        if change(cell):
            tree["cells"].remove(cell)
        path.write_text(json.dumps(tree, ensure_ascii=False, indent=1, sort_keys=True) + "\n", "utf-8")

    def say(self, notebook, cell_id, old, new):
        """Writes `new` for `old` in a cell."""
        def change(cell):
            source = "".join(cell["source"])
            assert old in source
            cell["source"] = source.replace(old, new).splitlines(keepends=True)

        self.change(notebook, cell_id, change)

    def remove(self, notebook, *cell_ids):
        for cell_id in cell_ids:
            self.change(notebook, cell_id, lambda cell: True)

    def write(self, name, old, new):
        """Writes `new` for `old` in a file."""
        path = self.root / name
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new), "utf-8")

    def checked(self):
        """The lines of `check`, and its problems as messages."""
        lines = []
        try:
            for line in check(Project(self.root)):
                lines.append(line)
        except GreenbookError as error:
            return lines, [str(problem) for problem in error.problems]
        return lines, []
