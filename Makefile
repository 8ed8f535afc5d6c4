# Everything a developer types. `make help` lists it.
#
# All that is needed is git, make and Python 3.11 or newer. Node, the browser for tests and
# PostgreSQL for tests come into .venv and .browsers, never onto the machine.

PYTHON ?= python3
PORT ?= 8000
OUT ?= .

export PATH := $(CURDIR)/.venv/bin:$(PATH)
# Whoever has another environment switched on gets this one all the same.
export VIRTUAL_ENV := $(CURDIR)/.venv
export PYTHONPATH := $(CURDIR)
export UV_PYTHON_DOWNLOADS := never
# Behind a district's proxy, whom the machine trusts is trusted here too.
export UV_SYSTEM_CERTS ?= 1
export NODE_USE_SYSTEM_CA ?= 1
export PORT

BUILD := .venv/.build-tools
DEV := .venv/.dev-tools
NODE := pwa/node_modules/.installed
DIST := pwa/dist/index.html

SOURCES := $(shell find pwa/src pwa/public pwa/build schemas/messages -type f 2>/dev/null) \
	pwa/index.html pwa/vite.config.ts

CHECKS := check-style check-app-rules check-types check-app-types check-app-style \
	check-layers fresh check-licences

.DEFAULT_GOAL := help
.PHONY: help run build test check $(CHECKS) generate bench torture torture-long screenshots main-job browsers lock audit clean

help: ## List what can be made
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: $(BUILD) $(DIST) ## Set everything up and serve on http://localhost:PORT with a demo network
	@rounds migrate
	@rounds demo || echo "No demo beside a real network."
	@rounds serve

build: $(BUILD) $(DIST) ## Set everything up and build the app, without serving it

test: $(DEV) $(NODE) $(DIST) ## Set up and pass every test, a real browser included
	@python -m tests.chromium >/dev/null
	@python -m tests.run

check: $(DEV) $(NODE) ## Linters, types, import rules, generated files, licences; two at a time
	@$(MAKE) --no-print-directory -j2 $(CHECKS)

check-style:
	ruff check .
	ruff format --check .

check-layers:
	lint-imports

check-app-style:
	cd pwa && npx prettier --config .prettierrc.json --check --log-level warn src build ../tests/pwa

check-types:
	mypy

check-app-rules:
	cd pwa && npm run --silent lint

check-app-types:
	cd pwa && npm run --silent types

check-licences:
	python -m tests.licences

generate: $(DEV) $(NODE) ## Make the files that are made from others
	@mkdir -p $(OUT)/schemas $(OUT)/docs $(OUT)/pwa/src/generated
	rounds openapi > $(OUT)/schemas/openapi.json
	rounds settings > $(OUT)/docs/settings.md
	rounds access > $(OUT)/docs/access.md
	cd pwa && npx openapi-typescript $(abspath $(OUT))/schemas/openapi.json \
		--default-non-nullable=false -o $(abspath $(OUT))/pwa/src/generated/api-types.ts >/dev/null
	@if [ "$(OUT)" = . ]; then python -m schemas.typescript; fi

fresh: $(DEV) $(NODE) ## Fail when a generated file is stale
	@made=$$(mktemp -d) && trap 'rm -rf "$$made"' EXIT && \
	$(MAKE) --no-print-directory --silent generate OUT=$$made && \
	for file in $$(cd $$made && find . -type f); do \
		cmp -s $$made/$$file $$file || { echo "$$file is stale: make generate"; exit 1; }; \
	done
	@python -m schemas.typescript --check

bench: $(DEV) $(DIST) ## Measure the budgets of docs/performance.md, as ratios in one run
	@python -m tests.load.bench_sync
	@python -m tests.load.bench_load
	@python -m tests.load.bench_return
	@python -m tests.load.bench_live
	@python -m tests.load.bench_patterns
	@$(if $(PEERS),python -m tests.load.bench_peers --peers $(PEERS))
	@CHROMIUM="$$(python -m tests.chromium)" python -m tests.load.bench_browser
	@CHROMIUM="$$(python -m tests.chromium)" python -m tests.load.bench_board
	@CHROMIUM="$$(python -m tests.chromium)" python -m tests.load.bench_packs
	@CHROMIUM="$$(python -m tests.chromium)" python -m tests.load.bench_room

torture: $(DEV) $(DIST) ## Torture sync for ten minutes: a million operations, servers and browsers killed (docs/torture.md)
	@CHROMIUM="$$(python -m tests.chromium)" python -m tests.torture --tier T1

torture-long: $(DEV) $(DIST) ## The same ten times over, before a release
	@CHROMIUM="$$(python -m tests.chromium)" python -m tests.torture --tier T2

main-job: $(DEV) $(NODE) $(DIST) ## The main job on real notes, to watch
	@CHROMIUM="$$(python -m tests.chromium)" REQUIRE=data \
		python -m pytest -s -q tests/api/test_real_input.py tests/browser/test_main_job.py

screenshots: $(DEV) $(DIST) ## Photograph every screen of the demo network into ./shots
	@CHROMIUM="$$(python -m tests.chromium)" python -m tests.browser.photograph --out shots

audit: $(DEV) $(NODE) ## Ask, over the network, for known weaknesses in what is pinned
	@python -m tests.audit

browsers: ## On Debian, as root: browsers, Redis, readers of our files, for the whole set of tests
	apt-get update
	apt-get install -y --no-install-recommends chromium chromium-headless-shell webkit2gtk-driver xvfb xauth \
		python3-gi gir1.2-webkit2-4.1 firefox-esr redis-server caddy dbus-daemon \
		poppler-utils libreoffice-calc-nogui

lock: $(DEV) ## Pin what requirements/*.in and pwa/package.json ask for, with hashes
	@for set in app build parquet dev; do \
		uv pip compile --quiet --generate-hashes --no-emit-index-url --no-emit-find-links \
			--no-header --universal --python-version 3.11 \
			requirements/$$set.in -o requirements/$$set.txt; \
	done
	cd pwa && npm install --package-lock-only --no-audit --no-fund

clean: ## Remove what was built and installed; data/ stays
	rm -rf .venv .browsers pwa/node_modules pwa/dist

.venv/bin/uv:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "Python 3.11 or newer is needed: make PYTHON=python3.12 ..."; exit 1; }
	@$(PYTHON) -m venv .venv \
		|| { echo "Python's venv is missing. On Debian: apt-get install python3-venv"; exit 1; }
	@awk '/^uv==/ {on=1} on {print} on && !/\\$$/ {exit}' requirements/dev.txt > .venv/uv.txt
	@.venv/bin/python -m pip install --quiet --disable-pip-version-check \
		--require-hashes -r .venv/uv.txt

$(BUILD): requirements/build.txt | .venv/bin/uv
	@[ -f $(DEV) ] || uv pip sync --quiet --compile-bytecode --require-hashes requirements/build.txt
	@$(MAKE) --no-print-directory .venv/bin/rounds
	@touch $@

$(DEV): requirements/dev.txt | .venv/bin/uv
	@uv pip sync --quiet --compile-bytecode --require-hashes requirements/dev.txt
	@$(MAKE) --no-print-directory .venv/bin/rounds
	@touch $@ $(BUILD)

.venv/bin/rounds: Makefile
	@python -c 'import sysconfig; print(sysconfig.get_path("purelib"))' \
		| { read folder; echo $(CURDIR) > "$$folder/rounds.pth"; }
	@printf '#!%s\nfrom server.cli import main\n\nmain()\n' $(CURDIR)/.venv/bin/python > $@
	@chmod +x $@

$(NODE): pwa/package-lock.json | $(BUILD)
	@cd pwa && npm ci --no-audit --no-fund --loglevel=error
	@touch $@

$(DIST): $(SOURCES) $(NODE) | $(BUILD)
	@cd pwa && npm run --silent build
	@touch $@
