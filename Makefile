# Every target sets up what it needs. A fresh machine has Python 3.11, make and git; no more is asked for.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
PAGES ?= ../shared/pages
GOLD ?= ../shared/gold
FUZZ_SECONDS ?= 600

.DEFAULT_GOAL := help
.PHONY: help setup kafka demo test check lint types contracts manifests ops prometheus guide quality bench fuzz lock docs clean faults faults-short

help: ## show this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-10s %s\n", $$1, $$2}'

setup: $(READY) ## make .venv with the script `streams` in it

$(READY): requirements.lock pyproject.toml tools/compile_pass.py $(wildcard streams/core/cleaning/native/*.[ch])
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' || \
	  { echo "make setup: $(PYTHON) is $$($(PYTHON) --version 2>&1); Python 3.11, 3.12 or 3.13 is needed: make PYTHON=python3.11 …" >&2; exit 1; }
	@echo "setting up $(VENV) from requirements.lock (about a minute, once)" >&2
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock || \
	  { echo "make setup: a download failed, or a package is not the pinned one (see above); check the network and run make again" >&2; exit 1; }
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@test -e streams/core/cleaning/native/_cleaning.so || \
	  echo "no C compiler here: cleaning runs in Python, several times slower. To mend: install cc, or $(BIN)/pip install ziglang; then $(BIN)/python tools/compile_pass.py" >&2
	@touch $@

kafka: $(READY) ## fetch Kafka's jars now (44 MB, once; else the first demo or test does)
	@$(BIN)/python -m streams.localkafka fetch >/dev/null

demo: $(READY) ## see it work: a real Kafka, a sample feed, events as they come
	@$(BIN)/streams demo --once

test: $(READY) kafka ## all tests, on a real Kafka
	@$(BIN)/python -m pytest tests -n 2 --dist loadfile

faults: $(READY) kafka ## strike real workers and brokers for half an hour, and audit every topic (SEED=… repeats a run)
	@$(BIN)/python -m tests.faults --long $(if $(SEED),--seed $(SEED))

faults-short: $(READY) kafka ## the quickest of these faults, under a minute; part of `make test`
	@$(BIN)/python -m tests.faults --short $(if $(SEED),--seed $(SEED))

check: manifests lint types contracts ## style, types, imports and the rules of the house

lint: $(READY)
	@$(BIN)/ruff check streams tests tools
	@$(BIN)/ruff format --check --quiet streams tests tools || { echo "run: .venv/bin/ruff format streams tests tools" >&2; exit 1; }

types: $(READY)
	@$(BIN)/mypy

contracts: $(READY)
	@$(BIN)/lint-imports --config pyproject.toml
	@$(BIN)/python -m pytest tests/contracts

MANIFESTS := .cache/manifests

$(MANIFESTS)/.ready: requirements-manifests.lock
	@echo "fetching the checkers of manifests (50 MB, once)" >&2
	@$(PYTHON) -m venv $(MANIFESTS)
	@$(MANIFESTS)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $< || \
	  { echo "make manifests: a download failed (see above); check the network and run make again" >&2; exit 1; }
	@touch $@

manifests: $(READY) $(MANIFESTS)/.ready ## Kubernetes, compose and the image against their specifications
	@PATH="$(CURDIR)/$(MANIFESTS)/bin:$$PATH" $(BIN)/python -m pytest tests/contracts/test_kubernetes.py tests/contracts/test_deployment.py

prometheus: ## install Debian's prometheus, with promtool (as root); other systems: put both on PATH
	@command -v prometheus >/dev/null && command -v promtool >/dev/null || { apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -qy --no-install-recommends prometheus; }

ops: $(READY) kafka ## live proof: real Kafka, Prometheus, faults; every query run, alerts provoked, boards drawn
	@$(BIN)/python -m tests.ops

guide: $(READY) kafka ## follow docs/operating.md on a local Kafka and write its outputs anew
	@$(BIN)/python -m tests.ops.guide

quality: $(READY) ## scores of cleaning, metadata and events against their floors (needs PAGES and GOLD)
	@$(BIN)/python -m tests.quality.cleaning --pages $(PAGES)
	@$(BIN)/python -m tests.quality.metadata --pages $(PAGES)
	@$(BIN)/python -m tests.quality.withdrawals --gold $(GOLD)

bench: $(READY) ## speed, each figure beside a yardstick in the same run (needs PAGES and GOLD)
	@$(BIN)/python -m tests.bench.cleaning --pages $(PAGES)
	@$(BIN)/python -m tests.bench.metadata --pages $(PAGES) || true # a bar it misses is said, and stops nobody
	@$(BIN)/python -m tests.bench.withdrawals --pages $(PAGES) --gold $(GOLD)
	@$(BIN)/python -m tests.bench.pipeline --pages $(PAGES)
	@$(BIN)/python -m tests.bench.beside --pages $(PAGES)
	@$(BIN)/python -m tests.bench.lanes --pages $(PAGES)
	@$(BIN)/python -m tests.bench.overhead

fuzz: $(READY) ## hostile pages against the cleaner for FUZZ_SECONDS
	@$(BIN)/python -m tests.fuzz --seconds $(FUZZ_SECONDS)

lock: $(READY) ## resolve the dependencies anew (for maintainers; uv from PyPI, no address is written)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check 'uv>=0.13,<0.14'
	@$(BIN)/uv pip compile pyproject.toml --group dev --universal --python-version 3.11 --generate-hashes \
	  --no-header --no-emit-index-url --no-annotate --quiet --upgrade -o requirements.lock
	@$(BIN)/uv pip compile --group pyproject.toml:manifests --universal --python-version 3.11 --generate-hashes \
	  --no-header --no-emit-index-url --no-annotate --quiet --upgrade -o requirements-manifests.lock

docs: $(READY) ## write the generated reference pages anew
	@$(BIN)/python -m streams.reference write

clean: ## remove what these targets made here
	@rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis out
