# `make report` and `make test` set up what they need. Everything goes into .venv, node_modules and build.
# Windows: see CONTRIBUTING.md; pip is enough there.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
CATALOGUES := $(wildcard src/rapportbygger/locale/*/LC_MESSAGES/*.po)
COMPILED := $(CATALOGUES:.po=.mo)
UV_LOCK := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --group build

.PHONY: report test lint format types lock messages judges clean
.DELETE_ON_ERROR:

report: $(VENV)/.runtime $(COMPILED) ## everything in content/report.yaml, into build/
	$(BIN)/rapportbygger build

test: $(VENV)/.dev $(COMPILED) judges ## the whole test suite
	$(BIN)/python -m pytest

lint: $(VENV)/.dev
	$(BIN)/ruff check
	$(BIN)/ruff format --check

format: $(VENV)/.dev
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

types: $(VENV)/.dev
	$(BIN)/mypy

lock: $(VENV)/.dev ## the newest versions that fit pyproject.toml
	$(UV_LOCK) --upgrade --output-file requirements.lock pyproject.toml
	$(UV_LOCK) --upgrade --constraint requirements.lock --extra dev --output-file requirements-dev.lock pyproject.toml

messages: $(VENV)/.runtime ## new and changed messages into the Norwegian catalogue, for translation
	mkdir -p build
	PYTHONPATH=tools $(BIN)/pybabel --quiet extract --mapping=tools/babel.cfg --no-default-keywords --keyword=_ --keyword=counted:1,2 \
	    --add-comments=Translators: --add-location=file --sort-output --output=build/messages.pot src/rapportbygger
	$(BIN)/pybabel --quiet update --no-fuzzy-matching --ignore-obsolete --width=120 --domain=rapportbygger \
	    --locale=nb --input-file=build/messages.pot --output-dir=src/rapportbygger/locale

# The Open XML SDK validator. Where there is no npm (or no net) its tests are skipped, except under CI.
judges: node_modules/.installed

node_modules/.installed: package-lock.json
	@if command -v npm >/dev/null && npm ci --no-audit --no-fund; then touch $@; \
	else echo "npm cannot install it: tests with the Open XML SDK validator and citeproc-js are skipped, but fail in CI" >&2; fi

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); exit 1; }

$(VENV)/.runtime: requirements.lock pyproject.toml tools/hatch_build.py | $(VENV)/bin/python
	$(PIP) install --require-hashes --requirement requirements.lock
	$(PIP) install --no-deps --no-build-isolation --editable .
	$(BIN)/python -m compileall -q src
	@touch $@

$(VENV)/.dev: requirements-dev.lock $(VENV)/.runtime
	$(PIP) install --require-hashes --requirement requirements-dev.lock
	@touch $@

%.mo: %.po tools/hatch_build.py | $(VENV)/.runtime
	$(BIN)/python tools/hatch_build.py
	@touch $(COMPILED)

clean:
	rm -rf $(VENV) node_modules build dist .mypy_cache .ruff_cache .pytest_cache
	find src -name '*.mo' -delete
