# Two commands set everything up and go: `make site` and `make test`.

# Material prints its end-of-life notice on every build; README says what it means for this project.
export NO_MKDOCS_2_WARNING := 1

PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin

.PHONY: site test serve check format bless bench bench-quick clean

site: $(VENV)/.site  ## build the site into site/
	$(BIN)/mkdocs build --strict

test: $(VENV)/.test  ## the whole suite: lint, format, types, import rules, content, tests
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(BIN)/dossier check
	$(BIN)/python -m pytest

serve: $(VENV)/.site  ## build, watch and serve on http://127.0.0.1:8000
	$(BIN)/mkdocs serve

check: $(VENV)/.site  ## report every problem in content/
	$(BIN)/dossier check

format: $(VENV)/.test  ## put the code in its usual form
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bless: $(VENV)/.test  ## take what the golden sites look like now as what is expected
	$(BIN)/python -m pytest --bless

bench: $(VENV)/.bench  ## what a dossier of 10,000 articles costs: some 35 minutes, alone on the machine
	$(BIN)/python -m benchmarks.scale --plot docs/images/scaling.svg --report docs/scale.md

bench-quick: $(VENV)/.bench  ## the same with 1,000 articles: less than five minutes
	$(BIN)/python -m benchmarks.scale --quick

clean:  ## remove what was made
	rm -rf $(VENV) site dist build/bench .pytest_cache .mypy_cache .ruff_cache .hypothesis

$(VENV)/.venv:
	$(PYTHON) -m venv $(VENV)
	touch $@

$(VENV)/.site: $(VENV)/.venv requirements.txt pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps -e .
	touch $@

$(VENV)/.test: $(VENV)/.site requirements-test.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-test.txt
	touch $@

$(VENV)/.bench: $(VENV)/.site requirements-bench.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-bench.txt
	touch $@
