# greenbook. `make help` prints the comments beside the targets.
# Every target sets up what it needs: an environment in .venv from the locked, hashed dependencies.

PYTHON ?= python3
BIN := .venv/bin
BUILD := $(BIN)/python build.py
ARGS ?=
# Imports without bytecode take three times as long, so the environment's wish for none is not passed on.
unexport PYTHONDONTWRITEBYTECODE
.DEFAULT_GOAL := help

report: .venv/ready ## build the report: HTML, PDF, data annex, in every language (ARGS="--jobs 1" …)
	@$(BUILD) report $(ARGS)

draft: .venv/ready ## build the reviewers' draft: watermark, line numbers, gaps, sources
	@$(BUILD) draft $(ARGS)

preview: .venv/ready ## serve the book on this machine and rebuild it on every save
	@$(BUILD) preview $(ARGS)

lab: .venv/author-ready ## open JupyterLab with the preview beside it
	@$(BUILD) lab $(ARGS)

check: .venv/ready ## check everything that needs no execution, in seconds
	@$(BUILD) check $(ARGS)

chapter: .venv/ready ## start a chapter: make chapter NAME=hydrogen
	@$(BUILD) chapter $(NAME) $(ARGS)

tidy: .venv/ready ## strip the notebooks and name their cells, before committing
	@$(BUILD) tidy $(ARGS)

test: .venv/test-ready ## run all tests (installs Debian's chromium and poppler where they are missing)
	@sh tests/install-programs.sh && $(BIN)/python -m pytest -q -n 2 --dist loadgroup tests $(ARGS)

evidence: .venv/test-ready ## count what takes hundreds of runs; writes bench/RESULTS.md
	@sh tests/install-programs.sh && $(BIN)/python bench/evidence.py $(ARGS)

bench: .venv/ready ## measure ours against papermill and the limit, under ten minutes
	@$(BIN)/python bench/speed.py $(ARGS)

bench-peers: .venv/ready ## measure against Jupyter Book and MyST too, in environments of their own
	@$(BIN)/python bench/peers.py $(ARGS)

clean: ## remove what was built, keep the cache
	@find _build -mindepth 1 -maxdepth 1 ! -name cache -exec rm -rf {} + 2>/dev/null || true

distclean: ## remove what was built, the cache and the environment
	@rm -rf _build .venv

help: ## print this
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):[^#]*## (.*)/  make \1|\2/' | column -t -s '|'

.venv/bin/python:
	@$(PYTHON) -m venv .venv

.venv/ready: requirements.lock pyproject.toml | .venv/bin/python
	@sh environment.sh requirements.lock && touch .venv/ready

.venv/author-ready .venv/test-ready: requirements-dev.lock .venv/ready
	@sh environment.sh requirements-dev.lock && touch $@

.PHONY: report draft preview lab check chapter tidy test evidence bench bench-peers clean distclean help
