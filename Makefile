# What a person types. `make demo` needs python3 (3.11 or newer, with venv), make and git; nothing else.
# `make` without a word lists the targets.

PYTHON ?= python3
PORT ?= 8000
PEOPLE ?= 1500
SEED ?= 1
BENCH ?= *
BIN := .venv/bin
PIP := $(BIN)/pip --disable-pip-version-check --no-input -qq
INSTALLED_WITH := pyproject.toml hatch_build.py src/amana/__init__.py
CATALOGUES := $(patsubst %.po,%.mo,$(wildcard src/amana/locale/*/LC_MESSAGES/*.po))

.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help demo test check bench lock pictures environment-checks

help:
	@echo "make demo [PORT=8000]    a demonstration office of 1,500 invented people, served on this machine"
	@echo "make test                everything: lint, types, layers, packs, tests on two databases, browser"
	@echo "make check               the quick part of it"
	@echo "make bench [BENCH=name]  benchmarks, all or one"
	@echo "make lock                renew requirements/*.txt (needs uv)"

demo: PORT_WANTED := $(PORT)
demo: environment-checks .venv/installed-run $(CATALOGUES)
	@$(BIN)/amana demo --port $(PORT) --people $(PEOPLE) --seed $(SEED) --steps-done 3

test: .venv/installed-test $(CATALOGUES)
	@$(BIN)/python .ci/suite.py

check: .venv/installed-test $(CATALOGUES)
	@$(BIN)/python .ci/suite.py --quick

# The peers live in an environment of their own, so that nothing else can come to lean on them.
bench: .venv-bench/installed $(CATALOGUES)
	@for file in benchmarks/$(BENCH).py; do \
	  if [ -e "$$file" ]; then echo "== $$file"; .venv-bench/bin/python "$$file" || exit 1; fi; \
	done

.venv-bench/installed: requirements/bench.txt $(INSTALLED_WITH)
	@[ -x .venv-bench/bin/pip ] || $(PYTHON) -m venv .venv-bench
	@.venv-bench/bin/pip --disable-pip-version-check --no-input -qq install --require-hashes -r requirements/bench.txt
	@.venv-bench/bin/pip --disable-pip-version-check --no-input -qq install --no-deps --no-build-isolation -e .
	@touch $@

# The pictures of the documentation are what the browser tests see.
pictures: .venv/installed-test $(CATALOGUES)
	@AMANA_PICTURES=1 $(BIN)/pytest -q -m browser tests/browser/test_case_pages.py
	@mkdir -p docs/images
	@for lang in en ar; do cp tests/browser/shots/case-overview.$$lang.1280.png docs/images/case.$$lang.png; done

# One resolution for every platform and Python from 3.11; hashes, no index lines. test.in contains run.in.
lock:
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
	  --no-emit-index-url requirements/run.in -o requirements/run.txt
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
	  --no-emit-index-url -c requirements/run.txt requirements/test.in -o requirements/test.txt
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
	  --no-emit-index-url -c requirements/run.txt requirements/bench.in -o requirements/bench.txt

environment-checks:
	@PORT=$(PORT_WANTED) sh .ci/environment.sh $(PYTHON)

# pip comes last when an environment is made, so it tells a whole one from an interrupted one.
.venv/bin/pip: | environment-checks
	@echo "2. Virtual environment in .venv"
	@$(PYTHON) -m venv .venv

# The environment is brought up to date when a lock file or the build changes, and left alone otherwise.
.venv/installed-%: requirements/%.txt $(INSTALLED_WITH) | .venv/bin/pip
	@echo "3. Packages of requirements/$*.txt (locked and checked by hash)"
	@started=$$(date +%s); \
	$(PIP) install --require-hashes -r requirements/$*.txt && \
	$(PIP) install --no-deps --no-build-isolation -e . && \
	touch $@ && echo "   installed in $$(( $$(date +%s) - started )) s"

# A missing or old catalogue would show English in Arabic pages.
%.mo: %.po hatch_build.py | .venv/bin/pip
	@$(BIN)/python hatch_build.py
