# The commands of this project. `make` alone lists them.
SHELL := /bin/bash
.DEFAULT_GOAL := help
PORT ?= 8000
ARGS ?=
export PORT

.PHONY: help run dev test test-postgresql check messages services services-stop bench screens

help: ## list these commands
	@grep -E '^[a-z-]+:.*##' Makefile | sed -E 's/:.*## /\t/' | expand -t 18

run: ## serve the demo like in production: http://127.0.0.1:8000 (PORT= changes it), Ctrl-C ends it
	@.ci/environment run
	@exec .venv/bin/python -m home.serve

dev: ## development server with DEBUG, on the same data as `make run`
	@.ci/environment dev
	@.venv/bin/python manage.py compile_catalogues --verbosity 0
	@.venv/bin/python manage.py migrate --verbosity 0
	@exec .venv/bin/python -X dev -W default manage.py runserver 127.0.0.1:$(PORT)

test: ## all tests on SQLite, browser tests included (ARGS="tests/glossary -x" narrows it)
	@.ci/environment dev
	@.ci/chromium
	@exec .ci/test $(ARGS)

test-postgresql: ## the tests on PostgreSQL, without browser tests except the main scenario
	@.ci/environment dev
	@.ci/chromium
	@exec .ci/test-postgresql $(ARGS)

check: ## every linter, types, templates, layers, migrations, catalogues, dependencies, security
	@.ci/environment dev
	@exec .ci/check

messages: ## bring locale/ in step with the source, list what is still to be translated
	@.ci/environment dev
	@.venv/bin/python manage.py update_catalogues

services: ## start a PostgreSQL for development on loopback, print what to export
	@exec .ci/services start

services-stop: ## stop exactly that one
	@exec .ci/services stop

bench: ## CPU milliseconds per request, beside a hello view
	@.ci/environment dev
	@exec .venv/bin/python -m bench $(ARGS)

screens: ## take the pictures in docs/screens anew
	@.ci/environment dev
	@.ci/chromium
	@exec .venv/bin/python docs/screens/take.py $(ARGS)
