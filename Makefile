# What a fresh Debian 12/13 or Ubuntu 24.04 with git, make and python3 >= 3.11 needs is installed here.
SHELL := /bin/bash
PYTHON ?= python3
BIN := .venv/bin
APT_RUN := python3-venv tesseract-ocr tesseract-ocr-vie tesseract-ocr-osd poppler-utils redis-server fonts-croscore
APT_TEST := fonts-freefont-ttf postgresql chromium qpdf openssl softhsm2 curl jq
APT_CONFORMANCE := default-jdk-headless maven
APT_PEERS := ghostscript

.PHONY: help setup setup-test demo test check conformance bench bench-large bench-scaling bench-signing bench-reindex bench-api evaluate calibrate samples docs lock clean

help: ## list the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | column -t -s "$$(printf '\t')"

setup: .venv/.runtime ## install what running needs; leaves .venv/bin/digitize

setup-test: .venv/.test

.venv/.runtime: requirements.lock requirements-fast.lock pyproject.toml scripts/apt-install
	scripts/apt-install $(APT_RUN)
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --only-binary tesserocr -r requirements-fast.lock \
	  || echo "No ready-made tesserocr for this machine: pages are read by the tesseract command, which takes more time."
	@touch $@

.venv/.test: .venv/.runtime requirements-dev.lock
	scripts/apt-install $(APT_TEST)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@

demo: setup ## run the main job on samples/ with the embedded stack (KEEP=1 leaves it running)
	$(BIN)/python -m scripts.demo $(if $(KEEP),--keep)

test: setup-test ## every test, against real servers on free loopback ports
	$(BIN)/python -m pytest -n 3 --dist worksteal

check: setup-test ## style, types, layers, size of files and functions
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m scripts.check_sizes

conformance: setup-test ## every PDF said to be PDF/A-3b, before veraPDF; fetched once from Maven Central
	@command -v javac >/dev/null && command -v mvn >/dev/null || scripts/apt-install $(APT_CONFORMANCE)
	$(BIN)/python -m scripts.conformance

bench: setup-test build/peers/.installed ## CPU and wall per page, each recognizer, beside bare tesseract and OCRmyPDF (REPEATS=1 for a quick look); build/bench/bench.json
	$(BIN)/python -m tests.benchmarks.accept_to_signed

bench-large: setup-test ## memory and disk of 500 pages (PAGES=40 for a short run); build/bench/large.json
	$(BIN)/python -m tests.benchmarks.large_documents

bench-scaling: setup-test ## pages a second with two workers beside one (REPEATS=1 PAGES=20 for a quick look); build/bench/scaling.json
	$(BIN)/python -m tests.benchmarks.scaling

bench-signing: setup-test ## papers sealed a second, beside pyHanko as documented, and memory of 150 MB; build/bench/signing.json
	$(BIN)/python -m tests.benchmarks.signing

bench-reindex: setup-test ## documents a second that come back into an empty catalogue from the archive (DOCUMENTS=500 for a quick look); build/bench/reindex.json
	$(BIN)/python -m tests.benchmarks.reindex

bench-api: setup-test ## look-up, prefill and text search over a million documents, SQLite and PostgreSQL (DOCUMENTS=20000 SECONDS=5 for a quick look, DATABASE=SQLite for one of them); build/bench/api.json
	$(BIN)/python -m tests.benchmarks.api

evaluate: setup-test build/peers/.installed ## text by class of degradation, fields by type, confidence (QUICK=1: few pages); build/evaluate/
	$(BIN)/python -m tests.benchmarks.evaluation $(if $(QUICK),--quick)

calibrate: setup-test ## fit confidence of words and fields anew on papers drawn for it (JSON beside the code, committed)
	$(BIN)/python -m scripts.calibration.words
	$(BIN)/python -m scripts.calibration

samples: setup-test ## draw samples/documents anew (committed; same bytes every time)
	$(BIN)/python -m samples.generator

build/peers/.installed: requirements-peers.lock # OCRmyPDF, which is compared with and nothing else
	scripts/apt-install $(APT_RUN) $(APT_PEERS)
	$(PYTHON) -m venv build/peers
	build/peers/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-peers.lock
	@touch $@

docs: setup ## write docs/errors.md and docs/configuration.md from the code
	$(BIN)/python -m scripts.write_docs

lock: ## pin versions anew
	$(PYTHON) -m venv build/lock && build/lock/bin/pip install --quiet uv
	build/lock/bin/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header pyproject.toml --group build -o requirements.lock
	build/lock/bin/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header pyproject.toml --extra fast -c requirements.lock -o requirements-fast.lock
	build/lock/bin/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header pyproject.toml --group build --group dev -c requirements.lock -o requirements-dev.lock
	build/lock/bin/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --group pyproject.toml:peers -o requirements-peers.lock

clean: ## remove what was built (never samples or data you made)
	rm -rf build .venv
