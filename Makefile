# The two commands: `make run` serves the web app, `make test` runs every check and every test.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
# Folders of local wheels, where pip has some configured (its CPU build of torch is taken from there); uv reads
# $UV_FIND_LINKS and its other settings by itself.
LINKS := $(if $(UV_FIND_LINKS),,$(shell $(PYTHON) -m pip config get global.find-links 2>/dev/null || $(PYTHON) -m pip config get :env:.find-links 2>/dev/null))
FIND := $(foreach link,$(LINKS),$(if $(or $(findstring ://,$(link)),$(wildcard $(link))),--find-links $(link)))
HOST ?= 127.0.0.1
PORT ?= 7860

.PHONY: run test test-fast check setup lock clean

run: setup
	$(BIN)/wennuo serve --host $(HOST) --port $(PORT) --demonstration

# The tests run even where a check fails, so that one look tells all; either failure fails the target.
test: setup
	@$(MAKE) --no-print-directory check; checked=$$?; $(BIN)/pytest && exit $$checked

test-fast: setup check
	$(BIN)/pytest -m "not slow and not browser and not shared"

check: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

setup: $(STAMP)

$(STAMP): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "WenNuo needs Python 3.11: make PYTHON=python3.11 ...")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install -q uv
	$(BIN)/uv pip install -q -p $(BIN)/python --compile-bytecode $(FIND) -r requirements.lock
	$(BIN)/uv pip install -q -p $(BIN)/python --no-deps --no-build-isolation -e .
	touch $(STAMP)

lock:
	$(BIN)/uv pip compile -q --no-header --no-annotate $(FIND) --extra dev pyproject.toml -o requirements.lock
	sed -i 's/+cpu//' requirements.lock

clean:
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis build *.egg-info
