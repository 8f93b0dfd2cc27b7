# Everything before `.venv` exists is done by scripts/bootstrap.py with the system's Python and nothing else.
PYTHON ?= python3
RUN = $(PYTHON) -B scripts/bootstrap.py

.PHONY: demo test bench build lock format messages clean

demo: ## prepare everything and start the demo: make demo ARGS="--today 2026-11-21 --reset"
	@$(RUN) demo $(ARGS)

test: ## prepare everything and run every check and every test
	@$(RUN) test $(ARGS)

bench: ## fill a database, load the site, write docs/benchmarks.md: make bench ARGS="--large 100000"
	@$(RUN) run python -m bench $(ARGS)

build: ## front end, translations and the wheel in dist/
	@$(RUN) build

lock: ## resolve requirements*.in again
	@$(RUN) lock $(ARGS)

format: ## put every Python file into the house's form
	@$(RUN) run ruff format .
	@$(RUN) run ruff check --fix .

messages: ## collect texts to translate, make Traditional Chinese, compile
	@$(RUN) run python scripts/messages.py

clean: ## forget what was built; the demo's data stays (linli demo --reset empties it)
	rm -rf .venv node_modules dist linli/site/static/linli
