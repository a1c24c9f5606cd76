.DEFAULT_GOAL := help
SHELL := /bin/bash
PYTHON := .venv/bin/python
UV := 0.13.8
HERE := not stack and not soak
export PATH := $(CURDIR)/.venv/bin:$(PATH)
export SAM_CLI_TELEMETRY := 0
.PHONY: $(shell grep -oE '^[a-z-]+:' Makefile | tr -d :)

help: ## this list
	@grep -E '^[a-z-]+:.*## ' Makefile | sed 's/:.*## /\t/' | expand -t 14

run: .venv/ready ## the whole product on this machine, at http://127.0.0.1:8000 (PORT=8000)
	@exec $(PYTHON) -m local.run

demo: .venv/ready ## the story from sign-up to a quotation's PDF against the running stack
	@$(PYTHON) -m tools.demo

demo-admin: .venv/ready ## the platform's side: log-in with a second factor, approval, impersonation, against the running stack
	@$(PYTHON) -m tools.demo_admin

demo-coupons: .venv/ready ## a campaign against the running stack: created, validated, redeemed, its usage, a series of codes
	@$(PYTHON) -m tools.demo_coupons

demo-support: .venv/ready ## the life of a ticket against the running stack, whose clock is moved by two weeks and put back
	@$(PYTHON) -m tools.demo_support

test: lint ## everything: lint, types, contracts, all tests, coverage, SAM validators, build and sam local
	@rm -f .coverage .coverage.*
	@$(MAKE) --no-print-directory -j3 -O test-functions test-rest test-elsewhere
	@coverage combine -q
	@set -o pipefail; coverage report --fail-under=85 --skip-covered | tail -n 25

test-functions: .venv/ready
	@echo "== Tests of single functions, in this process"
	@coverage run -p --branch --source=shared,functions -m pytest -q -m "$(HERE)" tests/functions

test-rest: .venv/ready
	@echo "== All others in this process: core, domains, every operation, scenarios, architecture"
	@coverage run -p --branch --source=shared,functions -m pytest -q -m "$(HERE)" --ignore=tests/sam --ignore=tests/local \
		--ignore=tests/functions

test-elsewhere: .venv/ready
	@echo "== The local stack and SAM: validators, build, sam local"
	@pytest -q tests/local tests/sam
	@echo "== The whole product over HTTP"
	@pytest -q -m "stack and not soak" --ignore=tests/local --ignore=tests/sam

check: lint ## lint, types, contracts, sizes, generated files, unit tests; under 90 s
	@pytest -q -n 2 -m "$(HERE)" tests/core tests/domains tests/adapters tests/entry tests/architecture tests/tools

lint: .venv/ready
	@ruff check -q .
	@ruff format --check .
	@mypy shared functions local tools
	@lint-imports
	@$(PYTHON) -m tools.sizes
	@$(PYTHON) -m tools.templates --check
	@$(PYTHON) -m tools.openapi --check
	@$(PYTHON) -m tools.settings --check
	@$(PYTHON) -m tools.endpoints --check
	@$(PYTHON) -m tools.permissions --check

soak: .venv/ready ## the long batteries
	@pytest -m soak

build: .venv/ready ## a release into .aws-sam/build, compiled for Lambda's Python (which must be on this machine)
	@compiler=$$($(call first_running,python3.13 $$HOME/.pyenv/versions/3.13.*/bin/python $$(uv python find -q --managed-python 3.13 2>/dev/null),sys.hexversion >> 16 == 0x30d)); \
	test -n "$$compiler" || { echo "A release is compiled by Python 3.13, and none runs here: .venv/bin/uv python install 3.13"; exit 1; }; \
	RELEASE=1 LAYER_COMPILER=$$compiler sam build --parallel

validate: .venv/ready ## both SAM validators on every template
	@pytest -q tests/sam/test_validators.py

template: .venv/ready ## the domains' templates and the marked parts of the root's, from the functions
	@$(PYTHON) -m tools.templates

openapi: .venv/ready ## docs/openapi.json, settings.md, permissions.md and the README's table of endpoints, from the code
	@$(PYTHON) -m tools.openapi
	@$(PYTHON) -m tools.settings
	@$(PYTHON) -m tools.endpoints
	@$(PYTHON) -m tools.permissions

new: .venv/ready ## ENDPOINT="POST /api/quotes/{quote_id}/archive" NAME=quotes/archive_quote: handler, event, failing test
	@$(PYTHON) -m tools.new "$(ENDPOINT)" "$(NAME)"

migration: .venv/ready ## NAME=add_invoices: an empty migration
	@$(PYTHON) -m tools.migrate new "$(NAME)"

migrate: .venv/ready ## bring the database (DATABASE_URL, else the running stack's) up to date
	@$(PYTHON) -m tools.migrate up

rollback: .venv/ready ## undo the last migration
	@$(PYTHON) -m tools.migrate down

seed: .venv/ready ## the demo tenant
	@$(PYTHON) -m tools.seed

admin: .venv/ready ## EMAIL=somebody@example.com: a super admin of the running stack; prints the link that sets his password
	@$(PYTHON) -m tools.admin "$(EMAIL)"

logs: ## FUNCTION=quotes/import_quote: the last lines of a function's log (FOLLOW=1 goes on)
	@test -f $${LOCAL_HOME:-.local}/logs/$(FUNCTION).log || { echo "functions/$(FUNCTION).py has not run here yet"; exit 1; }
	@tail -n 100 $(if $(FOLLOW),-F) $${LOCAL_HOME:-.local}/logs/$(FUNCTION).log

fire: .venv/ready ## NAME=quotes/create_quote: sends the function its sample event
	@$(PYTHON) -m local.fire "$(NAME)"

bench: .venv/ready ## speed, as ratios within one run (docs/decisions/speed.md)
	@$(PYTHON) -m benchmarks

deploy: ## STAGE=dev|staging|prod: build and deploy (docs/operations.md)
	@test -n "$(STAGE)" || { echo "make deploy STAGE=dev|staging|prod"; exit 1; }
	@$(MAKE) --no-print-directory build
	@sam deploy --config-env $(STAGE)

lock: .venv/ready ## requirements.lock and the layers' requirements, from pyproject.toml
	@uv pip compile -q --universal --python-version 3.11 --group all --no-header --no-emit-index-url --generate-hashes \
		-o requirements.lock pyproject.toml
	@for layer in runtime pdf docs; do uv pip compile -q --universal --python-version 3.11 --group $$layer -c requirements.lock \
		--no-header --no-annotate --no-emit-index-url --generate-hashes -o layers/$$layer/requirements.txt pyproject.toml; done

clean: ## drop the local database, stored objects, builds and caches
	@if [ -x $(PYTHON) ]; then $(PYTHON) -m local.clean; fi
	@rm -rf .local .aws-sam .mypy_cache .ruff_cache .pytest_cache .hypothesis .schemathesis .coverage*

# The first interpreter of a list that runs (a pyenv shim may be there and not run) and of which the condition holds.
define first_running
for candidate in $(1); do "$$candidate" -c 'import sys; sys.exit(not ($(2)))' 2>/dev/null && echo "$$candidate" && break; done
endef

.venv/ready: requirements.lock
	@python=$$($(call first_running,python3 python3.13 python3.12 python3.11,sys.hexversion >= 0x30b0000)); \
	test -n "$$python" || { echo "BoxCostPro needs Python 3.11 or newer; python3 is: $$(python3 --version 2>&1)"; exit 1; }; \
	echo "Making .venv with $$("$$python" --version)"; "$$python" -m venv .venv
	@echo "Installing uv"
	@$(PYTHON) -m pip install -q --disable-pip-version-check uv==$(UV)
	@echo "Installing $$(grep -c == requirements.lock) libraries from requirements.lock, once: a minute or less"
	@uv pip install -q --compile-bytecode --require-hashes --python $(PYTHON) -r requirements.lock
	@touch $@
