# Everything before `.venv` exists is done by scripts/bootstrap.py with the system's Python and nothing else.
# It names what this machine lacks; the Python it needs itself is asked for here. `exec`: Ctrl-C finds no shell
# between that would leave before the demo has stopped.
PYTHON ?= python3
RUN = $(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { $(NO_PYTHON); exit 1; }; \
	exec $(PYTHON) -B scripts/bootstrap.py
NO_PYTHON = sudo="sudo "; [ "$$(id -u 2>/dev/null)" != 0 ] || sudo=; printf '\n%s\n%s\n%s\n\n' >&2 \
	"Linli needs Python 3.11 or newer: $(PYTHON) is missing or older. On Debian 12, Ubuntu 24.04 or newer:" \
	"  $${sudo}apt-get install python3 python3-venv" \
	"Another Python can be named: make $@ PYTHON=/path/to/python3.12"

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
