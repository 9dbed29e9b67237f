# `make run` and `make test` are all a newcomer needs.
SHELL := /bin/bash
UV := .tools/bin/uv
PYTHON := .venv/bin/python
LOCK := $(UV) pip compile -q pyproject.toml --universal --generate-hashes --no-header --python-version 3.11
export UV_PYTHON_DOWNLOADS := never
# A server starts in 3 s with compiled modules, in 8 s without.
unexport PYTHONDONTWRITEBYTECODE
export UV_COMPILE_BYTECODE := 1

.PHONY: run test test-quick faults check screens bench bench-quick assets lock install clean

run: install assets
	$(PYTHON) -m lotse.cli demo

test: install-dev assets
	scripts/test-needs.sh
	$(MAKE) --no-print-directory check
	$(PYTHON) -m pytest -n auto --dist loadfile --no-loadscope-reorder

# Two minutes, for while one works: no browser, no server, no PostgreSQL, no check.
test-quick: install-dev assets
	$(PYTHON) -m pytest -n auto --dist loadfile --no-loadscope-reorder -m "not slow and not long"

# Half an hour of kills, restarts and load; `make test` has the short ones.
faults: install-dev assets
	scripts/test-needs.sh
	$(PYTHON) -m pytest tests/faults -m long -s

check: install-dev node_modules/.done
	scripts/check.sh

screens: install-dev assets
	scripts/test-needs.sh
	$(PYTHON) -m scripts.screens

bench: install-dev assets
	$(PYTHON) -m bench.live
	$(PYTHON) -m bench.floods
	$(PYTHON) -m bench

bench-quick: install-dev assets
	$(PYTHON) -m bench.live quick
	$(PYTHON) -m bench.floods quick

install: .venv/.run
install-dev: .venv/.dev

.tools/bin/uv:
	scripts/bootstrap.sh

.venv/.run: $(UV) requirements/run.txt pyproject.toml
	@test -f .venv/.dev || { test -d .venv || $(UV) venv -q --python $$(scripts/python.sh) .venv; \
	  $(UV) pip sync -q --require-hashes --python .venv requirements/run.txt; }
	@touch $@

.venv/.dev: $(UV) requirements/dev.txt pyproject.toml
	test -d .venv || $(UV) venv -q --python $$(scripts/python.sh) .venv
	$(UV) pip sync -q --require-hashes --python .venv requirements/dev.txt
	@touch $@ .venv/.run

node_modules/.done: package-lock.json | install
	# Not `npm ci`: it refuses where a mirror lacks the binaries of other platforms. Versions and
	# hashes come from the lock all the same, and the lock is not written.
	$(PYTHON) -m scripts.npm install --no-save --ignore-scripts
	@touch $@

assets: node_modules/.done install
	$(PYTHON) -m scripts.assets

lock: $(UV)
	$(LOCK) --group build -o requirements/run.txt
	$(LOCK) --group build --group dev -c requirements/run.txt -o requirements/dev.txt

clean:
	rm -rf .venv .tools node_modules build dist lotse/assets
