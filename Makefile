# `make run` and `make test` set up whatever they need; Python 3.11 or newer and make are all that is assumed.
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.NOTPARALLEL:
.PHONY: help run test check format format-check lint types demo setup setup-tests chromium constraints clean

PYTHON ?= python3
# Without PORT Streamlit takes 8501, or the next one that is free.
DATABASE ?= data/cohort.duckdb
# Open a browser window only where there is a screen to open it on.
HEADLESS ?= $(if $(or $(DISPLAY),$(WAYLAND_DISPLAY),$(filter Darwin,$(shell uname))),false,true)
# A folder's stamp is newer than the pins it was installed from; a changed pin installs again.
APP := .venv/.app
DEV := .venv/.dev

help:  ## Say what there is to make
	@sed -n 's/^\([a-z-]*\):.*##/\1 ##/p' $(MAKEFILE_LIST) | awk -F ' ## *' '{ printf "  make %-12s %s\n", $$1, $$2 }'

run: $(APP)  ## Open the dashboard in the browser, on a demo cohort if no database is there yet
	@test -e $(DATABASE) || .venv/bin/python -m pipelines demo --database $(DATABASE)
	COHORT_DATABASE=$(abspath $(DATABASE)) .venv/bin/streamlit run dashboard.py $(if $(PORT),--server.port $(PORT)) --server.headless $(HEADLESS)

test: setup-tests  ## Run every test, the browser's included
	.venv/bin/pytest -n 2 --dist loadfile --no-loadscope-reorder

check: format-check lint types test  ## Format, lint, types and tests: what has to pass

format: $(DEV)  ## Format every file
	.venv/bin/ruff format .
	.venv/bin/ruff check --fix .

format-check: $(DEV)
	.venv/bin/ruff format --check .

lint: $(DEV)  ## Look for faults without running anything
	.venv/bin/ruff check .

types: $(DEV)  ## Check the types
	.venv/bin/mypy

demo: $(APP)  ## Build the demo cohort again
	.venv/bin/python -m pipelines demo --database $(DATABASE)

setup: $(APP)  ## Install what the dashboard needs, into .venv

setup-tests: $(DEV) chromium

chromium:  ## Install Chromium for the browser tests, where the system has apt-get
	@sh .ci/chromium

$(APP): requirements.txt constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2> /dev/null || { \
		echo "$(PYTHON) is not Python 3.11 or newer; where another command is: make $(MAKECMDGOALS) PYTHON=python3.12"; exit 1; }
	@test -x .venv/bin/pip || $(PYTHON) -m venv .venv || { rm -rf .venv; \
		echo "Python cannot make a virtual environment here; on Debian or Ubuntu: apt-get install python3-venv"; exit 1; }
	.venv/bin/pip install --quiet --disable-pip-version-check --requirement requirements.txt
	@touch $@

$(DEV): requirements-dev.txt $(APP)
	.venv/bin/pip install --quiet --disable-pip-version-check --requirement requirements-dev.txt
	@touch $@

constraints: $(DEV)
	@{ sed '/^#/!d' constraints.txt; .venv/bin/pip freeze | grep -viE "^($$(sed -n 's/==.*//p' requirements*.txt | paste -sd '|' -))=="; } > constraints.new
	@mv constraints.new constraints.txt

clean:  ## Remove the virtual environment and what the tools left; data/ is not touched
	rm -rf .venv .pytest_cache .mypy_cache .ruff_cache .hypothesis
