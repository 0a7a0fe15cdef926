# Everything a developer or an operator starts. `make` or `make help` lists it.
.DEFAULT_GOAL := help
.PHONY: help setup demo test unit lint format lock messages assets

help: ## This list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "make %-8s %s\n", $$1, $$2}' Makefile

setup: ## The environment only: .venv with the locked dependencies
	@PYTHON="$(PYTHON)" scripts/setup.sh

demo: setup ## Start everything and play one dossier from the phone to the signed result
	@.venv/bin/tinhso demo

test: setup ## All that CI runs: source checks, then every test
	@scripts/check.sh

unit: setup ## Only the tests that need no database
	@scripts/test.sh tests/unit

lint: setup ## Only the source checks
	@scripts/lint.sh

format: setup ## Lay the source out as ruff wants it
	@.venv/bin/ruff check --fix --quiet . ; .venv/bin/ruff format .

lock: setup ## Lock the newest versions that pyproject.toml allows
	@scripts/lock.sh

messages: setup ## Gather the sentences of the source into web/locale/en and name those without English
	@.venv/bin/python -m scripts.messages

assets: setup ## Rebuild stylesheets, fonts and icons (needs Node 20); the result is committed
	@assets/build.sh
