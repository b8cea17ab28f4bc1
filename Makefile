# Senne: make run · make test · make check · make bench
SHELL := /bin/sh
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8000
export SENNE_LOCAL = 1
export SENNE_URL ?= http://127.0.0.1:$(PORT)

.PHONY: run setup test check bench lock code clean

run: setup
	@PORT=$(PORT) $(BIN)/senne serve --port $(PORT)

setup: $(VENV)/.run-stamp
	@$(BIN)/senne prepare

$(BIN)/uv:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Senne needs Python 3.11 or newer: make run PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { echo "Python lacks its venv module: install it (on Debian: apt-get install python3-venv)"; exit 1; }
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check uv

$(VENV)/.run-stamp: requirements.lock pyproject.toml | $(BIN)/uv
	@echo "Installing what Senne needs (once) …"
	@tools/uv pip install --quiet --require-hashes -r requirements.lock
	@tools/uv pip install --quiet --no-deps -e .
	@touch $@

$(VENV)/.dev-stamp: requirements-dev.lock pyproject.toml | $(BIN)/uv
	@tools/uv pip sync --quiet --require-hashes requirements-dev.lock
	@tools/uv pip install --quiet --no-deps -e .
	@touch $@ $(VENV)/.run-stamp

test: $(VENV)/.dev-stamp
	@$(BIN)/python -m tools.test

check: $(VENV)/.dev-stamp
	@$(BIN)/python -m tools.check

bench: $(VENV)/.dev-stamp
	@$(BIN)/python -m bench

code:
	@$(BIN)/senne demo-code

lock: | $(BIN)/uv
	@tools/uv pip compile --quiet --upgrade pyproject.toml --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-header -o requirements.lock
	@tools/uv pip compile --quiet pyproject.toml --extra dev -c requirements.lock --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-header -o requirements-dev.lock

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache
