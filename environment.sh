#!/bin/sh
# Installs a lock file and the package into .venv: every file by its hash, no foreign code run while installing.
set -e
echo "setting up .venv from $1 (once; a minute or two)"
.venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes --only-binary :all: --compile -r "$1"
.venv/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
.venv/bin/python -m compileall -q src
