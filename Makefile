# Two commands do everything: `make run` and `make test`. `make help` lists the rest.
SHELL := /bin/bash
.DEFAULT_GOAL := help
UV = $(shell ./scripts/uv)
RUN = $(UV) run --frozen --no-sync

.PHONY: help setup run test lint types check bench train clean

help:  ## What can be made
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

setup: .setup/done .setup/page  ## Environment from the lock file, trained model, web page; nothing when up to date

.setup/done: .setup/environment $(shell find data/nlu data/rules data/stories data/responses data/safety data/questions data/chats data/encoder bot/nlu bot/safety config.yml domain.yml -type f -not -name '*.pyc' 2>/dev/null)
	@echo "== model"
	@$(RUN) tideline train
	@touch $@

.setup/page: .setup/environment bot/page.py bot/content/widget.py bot/safety/static_help.txt $(shell find data/widget data/helplines web/src web/page web/build.mjs web/package-lock.json -type f -not -name baked.json 2>/dev/null)
	@echo "== web page"
	@$(RUN) tideline page
	@touch $@

.setup/environment: uv.lock pyproject.toml .python-version scripts/uv
	@echo "== environment"
	@mkdir -p .setup
	@$(UV) sync --frozen
	@touch $@

run: setup  ## The whole bot on this machine: http://127.0.0.1:8000/
	@echo "== chat at http://$${TIDELINE_HOST:-127.0.0.1}:$${TIDELINE_PORT:-8000}/   (Ctrl-C stops)"
	@exec $(RUN) tideline serve

test: setup  ## Every check: lint, types, content, tests
	@echo "== lint" && $(RUN) ruff format --check && $(RUN) ruff check
	@echo "== types" && $(RUN) mypy
	@echo "== content" && $(RUN) tideline content check
	@echo "== web" && $(RUN) tideline page --check
	@echo "== tests" && $(RUN) pytest

lint: setup  ## Format and lint
	@$(RUN) ruff format && $(RUN) ruff check --fix

bench: setup  ## Benchmarks against a stock Rasa assistant (about 5 minutes)
	@$(RUN) tideline bench

clean:  ## Remove what was made, keep var/ (the key and the records)
	rm -rf .venv .setup .tools models web/dist web/node_modules
