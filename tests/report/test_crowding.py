"""No word of a real chart lies on another, over the edge, on a mark, a line or the rule of a break: three languages."""

import subprocess
import sys

from building import ROOT


def test_words_of_every_figure_stand_free():
    done = subprocess.run([sys.executable, str(ROOT / "bench" / "crowding.py")],
                          cwd=ROOT, capture_output=True, text=True, timeout=600)
    assert done.returncode == 0, done.stdout + done.stderr[-2000:]
    drawings = int(done.stdout.splitlines()[-1].split()[0])
    assert drawings > 400 and drawings % 3 == 0
