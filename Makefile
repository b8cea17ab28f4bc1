# Senne: make run · make test · make check · make bench
SHELL := /bin/sh
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8000
export SENNE_LOCAL = 1
export SENNE_URL ?= http://127.0.0.1:$(PORT)

.PHONY: run setup test test-all check bench lock code clean

# One program from here on: it holds the lock of the store, prepares it, serves, and ends with this make.
run:
	@$(PYTHON) tools/install.py run
	@exec $(BIN)/senne serve --prepare --with-parent --port $(PORT)

setup:
	@$(PYTHON) tools/install.py run
	@$(BIN)/senne prepare

test:
	@$(PYTHON) tools/install.py dev
	@$(BIN)/python -m tools.test

test-all:
	@$(PYTHON) tools/install.py dev
	@$(BIN)/python -m tools.test --all

check:
	@$(PYTHON) tools/install.py dev
	@$(BIN)/python -m tools.check

bench:
	@$(PYTHON) tools/install.py dev
	@$(BIN)/python -m bench

code:
	@$(BIN)/senne demo-code

lock:
	@$(PYTHON) tools/install.py dev
	@tools/uv pip compile --quiet --upgrade pyproject.toml --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-header -o requirements.lock
	@tools/uv pip compile --quiet pyproject.toml --extra dev -c requirements.lock --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-header -o requirements-dev.lock

clean:
	rm -rf $(VENV) .install.lock .mypy_cache .ruff_cache .pytest_cache
