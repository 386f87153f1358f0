# Every command a contributor needs. `make` alone lists them.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
PORT   ?= 8501
# More than cores: tests in the browser mostly wait.
WORKERS ?= 4

.PHONY: help run test test-quick installed fresh fuzz check-data build new-act new-law new-power release site lint format lock audit bench look sentences clean

help:
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/'

run: $(VENV)/.runtime ## install and serve the dashboard on port $(PORT)
	$(BIN)/python -m streamlit run dashboard.py --server.port $(PORT)

test: $(VENV)/.dev ## install what tests need, real Chromium and HAProxy included, and run all of them
	$(BIN)/python -m atlas.tables.check
	$(BIN)/python -m pytest -n $(WORKERS)

test-quick: $(VENV)/.dev ## the tests that need neither a browser nor a server, under a minute: for while you work
	$(BIN)/python -m pytest -n $(WORKERS) -m "not browser and not server and not slow"

installed: $(VENV)/.dev ## install what tests need, without running them

fresh: ## `make run` and `make test` on a bare Debian 12, made for it and taken away (as root); PART=setup installs and starts only
	$(PYTHON) tests/fresh $(PART)

fuzz: $(VENV)/.dev ## the long search for addresses that break something: tens of thousands of requests, for the night
	ATLAS_FUZZ=night $(BIN)/python -m pytest tests/test_hostile_addresses.py -q -s

check-data: $(VENV)/.runtime ## validate data/ and name each fault by file and line
	$(BIN)/python -m atlas.tables.check

build: $(VENV)/.runtime ## make what is derived from data/ and out of date, into data/built/ and CITATION.cff; ALL=1 makes all afresh
	$(BIN)/python -m atlas.build $(if $(ALL),--all)

# Values as they were typed, each as one word of the shell, whatever is in it.
NAMES  := PLACE DATE SLUG FIELD AUTHORITY AUTHORITY_NAME CASE URL LAW POWER LEVEL PROPOSED ADOPTED IN_FORCE APPLICABLE ACCESSED
given   = $(foreach name,$(NAMES),$(if $(filter command,$(firstword $(origin $(name)))),$(name)='$(subst ','\'',$(value $(name)))'))

new-act: $(VENV)/.runtime ## rows of a new act; PLACE=JPN DATE=2026-01-16 SLUG=ministry-warning AUTHORITY=jpn-… URL=https://…
	@$(BIN)/python -m atlas.new act $(given)

new-law: $(VENV)/.runtime ## rows of a new law; PLACE=JPN SLUG=example-act-2026 FIELD=ai URL=https://… ADOPTED=2026-05-01
	@$(BIN)/python -m atlas.new law $(given)

new-power: $(VENV)/.runtime ## rows of a power of a law; LAW=jpn-example-act-2026 POWER=fine URL=https://… LEVEL=1
	@$(BIN)/python -m atlas.new power $(given)

release: $(VENV)/.runtime ## keep the data as the release of their version, in data/releases/
	$(BIN)/python -m atlas.publish.make_release

site: $(VENV)/.runtime ## freeze every chart and place into build/site; ARGS="--base https://… --url https://… --keep --gzip"
	$(BIN)/python -m atlas.publish.site $(ARGS)

sentences: $(VENV)/.runtime ## every generated sentence on one page to read, build/sentences.html; ARGS="2026-01-20 2026-06-12"
	$(BIN)/python -m atlas.sentences $(ARGS)

look: $(VENV)/.dev ## everything we show on contact sheets, into build/look, about five minutes; ARGS="--only 'embed map'"
	$(BIN)/python -m tests.look $(ARGS)

lint: $(VENV)/.dev ## style, dead code and types; says which files the formatter would change
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

format: $(VENV)/.dev ## lay the code out as lint asks
	$(BIN)/ruff format .

lock: $(VENV)/.dev ## choose versions afresh for deployment (Python 3.11, Linux), with hashes, into deploy/requirements.lock
	$(BIN)/uv pip compile requirements.txt --python-version 3.11 --python-platform linux --generate-hashes --no-config --upgrade --custom-compile-command "make lock" -q -o deploy/requirements.lock

audit: $(VENV)/.dev ## ask the registry for advisories on what is locked
	$(BIN)/python deploy/audit.py

bench: $(VENV)/.dev ## measure against the baselines, about twenty minutes; PARTS="first_visit actions start crowd scale_out embeds growth find"
	$(BIN)/python -m benchmarks $(PARTS)

clean: ## remove what was installed and cached
	rm -rf $(VENV) .cache

# A half-made environment goes away again: the next `make` would take its python for a whole one.
$(VENV)/bin/python:
	@$(PYTHON) -m venv $(VENV) || { \
	  echo "python3-venv is missing; trying to install it with apt-get"; \
	  $(SUDO) apt-get update && $(SUDO) apt-get install -y --no-install-recommends python3-venv && $(PYTHON) -m venv --clear $(VENV); } || { \
	  rm -rf $(VENV); echo "No virtual environment could be made: install python3-venv and try again."; exit 1; }

$(VENV)/.runtime: requirements.txt | $(VENV)/bin/python
	$(BIN)/python -m pip install --disable-pip-version-check -q -r requirements.txt
	@touch $@

$(VENV)/.dev: requirements.txt requirements-dev.txt tests/install_programs.sh | $(VENV)/bin/python
	$(BIN)/python -m pip install --disable-pip-version-check -q -r requirements-dev.txt
	sh tests/install_programs.sh
	@touch $@ $(VENV)/.runtime

SUDO := $(shell [ "$$(id -u)" = 0 ] || command -v sudo)
