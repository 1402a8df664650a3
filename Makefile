# Each target is a line or two that also works when typed by hand.

export CGO_ENABLED ?= 0
TEST =          # more flags for go test: make test TEST=-race CGO_ENABLED=1
FUZZTIME = 30s  # for each fuzz target
LINT = go tool -modfile=.ci/lint.mod

.PHONY: build export test lint fuzz bench golden assets validate

build: ## bin/qalam
	go build -trimpath -o bin/qalam ./cmd/qalam

export: build ## the embedded sample: every language, three formats, into out/
	rm -rf out/sample && bin/qalam new -q out/sample --sample
	bin/qalam export out/sample -o out

test: ## all tests
	go test $(TEST) ./...

lint: ## gofmt, go vet, staticcheck, known vulnerabilities
	test -z "$$(gofmt -l . | tee /dev/stderr)" && go vet ./...
	$(LINT) staticcheck ./...
	.ci/vulnerabilities

fuzz: ## every fuzz target for FUZZTIME
	.ci/fuzz $(FUZZTIME)

bench: build ## cold processes, beside pandoc where there is one
	go run ./cmd/bench

golden: ## write the wanted parts of golden files anew; read the difference before you commit it
	for p in $$(grep -rl 'golden\.' --include='*_test.go' . | xargs -n1 dirname | sort -u); do go test $$p -update || exit 1; done

assets: ## fetch the pinned packages again and compare what is committed with them
	go run ./cmd/assets

validate: export ## what was exported, by the checkers that are installed
	.ci/validate out/*.pdf out/*.epub
