# Everything a developer or a build server does with the project. `make help` lists the targets.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help

export CGO_ENABLED := 0
export GOFLAGS := -tags=nodynamic -buildvcs=false
export SHARED_DIR ?= $(abspath ../shared)

CACHE := .cache
LINT_VERSION := v2.15.0
# Outside the tree: it takes two minutes to build and is the same for every checkout.
TOOLS := $(or $(XDG_CACHE_HOME),$(HOME)/.cache)/sachhon
LINT := $(TOOLS)/golangci-lint-$(LINT_VERSION)
ASSETS := internal/web/asset/dist/manifest.json

.PHONY: help
help: ## list the targets
	@grep -hE '^[a-z-]+:.*?## ' $(MAKEFILE_LIST) | awk -F ':.*?## ' '{printf "  make %-12s %s\n", $$1, $$2}'

.PHONY: demo
demo: build ## replay June 2024 and open the doors on http://127.0.0.1:8080
	bin/sachhon demo

.PHONY: run
run: build ## serve an empty installation from ./data, mails in ./data/mail
	bin/sachhon migrate
	bin/sachhon serve

.PHONY: build
build: tools-go $(ASSETS) ## make bin/sachhon with everything embedded
	@echo "→ building bin/sachhon"
	go build -trimpath -o bin/sachhon ./cmd/sachhon

.PHONY: tools-go
tools-go:
	@scripts/need go node npm git

node_modules/.package-lock.json: package-lock.json
	@echo "→ installing the packages of package-lock.json"
	npm ci --no-audit --no-fund --loglevel=error
	@touch $@

$(ASSETS): node_modules/.package-lock.json go.sum $(shell find assets -type f 2>/dev/null)
	@echo "→ building the assets"
	npm run --silent build

.PHONY: generate
generate: ## write the generated files anew
	go tool templ generate ./internal/web/...

.PHONY: test
test: tools-go tools-test $(ASSETS) ## run every test on SQLite and PostgreSQL, and the browser stories
	npm run --silent test
	go run ./internal/testkit/withpostgres go test -timeout 20m ./...

.PHONY: tools-test
tools-test:
	@scripts/need chromium pdftotext pdftoppm soffice espeak-ng lame zbarimg

.PHONY: check
check: tools-go tools-test $(ASSETS) check-generated check-types lint check-pages ## format, vet, lint, layout, generated files, TypeScript, HTML, accessibility

.PHONY: check-generated
check-generated:
	@echo "→ generated files are fresh"
	go tool templ generate ./internal/web/...
	git diff --exit-code --stat -- '*_templ.go'
	go mod tidy -diff

.PHONY: check-types
check-types: node_modules/.package-lock.json
	@echo "→ TypeScript"
	npm run --silent check:types

.PHONY: lint
lint: $(LINT) $(ASSETS) ## go vet, golangci-lint and the table of packages
	@echo "→ linters"
	go vet ./...
	$(LINT) run ./...
	go test ./internal/archtest

$(LINT):
	@echo "→ building golangci-lint $(LINT_VERSION) (about two minutes, once)"
	@mkdir -p $(TOOLS)
	GOFLAGS= GOBIN=$(TOOLS)/new go install github.com/golangci/golangci-lint/v2/cmd/golangci-lint@$(LINT_VERSION)
	mv $(TOOLS)/new/golangci-lint $@

.PHONY: check-pages
check-pages: tools-test $(ASSETS) ## HTML validity and axe on the gallery
	@echo "→ pages of the gallery: HTML and accessibility"
	rm -rf $(CACHE)/gallery
	go run ./cmd/gallery -out $(CACHE)/gallery
	npm run --silent check:html -- $(CACHE)/gallery
	npm run --silent check:axe -- $(CACHE)/gallery

BENCHTIME ?= 300ms
.PHONY: bench
bench: $(ASSETS) ## measure; docs/performance.md keeps the figures
	go run ./internal/testkit/withpostgres go test -run '^$$' -bench . -benchmem -benchtime $(BENCHTIME) -timeout 60m ./... | grep -vE '^(ok|PASS|\?)'

.PHONY: release
release: $(ASSETS) ## static binaries for linux/amd64 and arm64 in bin/
	for arch in amd64 arm64; do \
		echo "→ bin/sachhon-linux-$$arch"; \
		GOOS=linux GOARCH=$$arch go build -trimpath -ldflags='-s -w' -o bin/sachhon-linux-$$arch ./cmd/sachhon; \
	done

.PHONY: clean
clean: ## remove what was built
	rm -rf bin $(CACHE) node_modules
	find internal/web/asset/dist -type f ! -name .gitkeep -delete
