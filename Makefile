# Two commands for a newcomer: `make run` and `make test`. Everything is installed into .venv from
# constraints.txt, pinned by hash; nothing outside this folder is touched.

VENV  := .venv
BIN   := $(VENV)/bin
READY := $(VENV)/.ready
OUT   := out
GRAPH := $(OUT)/graph
BENCH_SIZES ?= 5,100,1000
FUZZ_SECONDS ?= 60
SECONDS ?= 600
# A Python of your choice: make run PYTHON=/opt/python3.13/bin/python3
PYTHON ?=

.PHONY: cluster help run test lint format bench bench-reading fuzz torture test-patterns generate check-generated check-owl tools check-tools browser docs web serve sbom clean
.DEFAULT_GOAL := help

help:
	@echo "make run              build, validate and query the sample documents in examples/"
	@echo "make test             all tests"
	@echo "make lint             ruff (rules, docstrings, format) and mypy"
	@echo "make format           what of that ruff can set right by itself"
	@echo "make bench            builds beside those of rdflib + pySHACL (BENCH_SIZES=$(BENCH_SIZES); hours)"
	@echo "make bench-reading    the part of it that reads PDF, beside plain extract_tables()"
	@echo "make fuzz             damaged documents for FUZZ_SECONDS=$(FUZZ_SECONDS); what fails is kept in $(OUT)/fuzz"
	@echo "make torture          kills, damage, power cuts, hostile files and endpoints for SECONDS=$(SECONDS); what fails is kept in $(OUT)/torture"
	@echo "make test-patterns    every regular expression on texts of 100,000 characters too; minutes"
	@echo "make generate         write the files that derive from ontology/, shapes/ and queries/"
	@echo "make check-generated  fail where one of them is stale"
	@echo "make check-owl        the OWL API and HermiT over the ontology and the samples (needs a JDK)"
	@echo "make check-tools      other people's tools over what we export: Jena, Virtuoso, Comunica, csvw, …"
	@echo "make browser          what the tests in a browser, of the API and of assistants need; then: make test"
	@echo "make cluster          what the tests of several machines need (Dask, fsspec, an object store); then: make test"
	@echo "make docs             the docs as a site, and the ontology as pages, in $(OUT)/docs"
	@echo "make web              the editor of the page for SPARQL (Yasgui; needs npm), into the package"
	@echo "make serve            the graph of make run in a browser, on http://127.0.0.1:7878/"
	@echo "make sbom             what is installed, as CycloneDX, in $(OUT)/sbom"
	@echo "make clean            remove $(OUT)/, caches and $(VENV)/"

$(READY): pyproject.toml constraints.txt
	@set -e; \
	if ! $(BIN)/python -c 'import pip, sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
	    found=; \
	    for python in $(PYTHON) python3 python3.14 python3.13 python3.12 python3.11; do \
	        if "$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then found=$$python; break; fi; \
	    done; \
	    if [ -z "$$found" ]; then \
	        echo "budgetkg needs Python 3.11 or newer; none found as python3, python3.14, … python3.11." >&2; \
	        echo "Install one, or name it: make run PYTHON=/path/to/python3" >&2; exit 1; \
	    fi; \
	    if ! "$$found" -c 'import ensurepip, venv' 2>/dev/null; then \
	        version=$$("$$found" -c 'import sys; print("%d.%d" % sys.version_info[:2])'); \
	        echo "$$found cannot make a virtual environment: its ensurepip or venv module is missing." >&2; \
	        echo "On Debian or Ubuntu: sudo apt-get install python3-venv (or python$$version-venv)" >&2; exit 1; \
	    fi; \
	    echo "Making $(VENV) with $$("$$found" --version)"; \
	    "$$found" -m venv --clear $(VENV); \
	fi; \
	echo "Installing into $(VENV) (first time only; a minute or two)"; \
	export PIP_DISABLE_PIP_VERSION_CHECK=1; \
	$(BIN)/python -m pip install --quiet --require-hashes --requirement constraints.txt; \
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .; \
	touch $@

run: $(READY)
	@mkdir -p $(OUT)
	$(BIN)/budgetkg build examples/*.txt --into $(GRAPH)
	$(BIN)/budgetkg validate $(GRAPH) > $(OUT)/validation.txt
	@tail -n 2 $(OUT)/validation.txt
	$(BIN)/budgetkg query budget-by-district --store $(GRAPH)
	$(BIN)/budgetkg query boilerplate-indicators --store $(GRAPH)
	$(BIN)/budgetkg query same-target-both-periods --store $(GRAPH)
	$(BIN)/budgetkg export $(GRAPH) --format turtle --out $(OUT)/budget.ttl
	$(BIN)/budgetkg export $(GRAPH) --format jsonld --out $(OUT)/budget.jsonld
	$(BIN)/budgetkg export $(GRAPH) --format nquads --out $(OUT)/budget.nq
	@echo
	@echo "The graph is in $(GRAPH), its exports are $(OUT)/budget.ttl, .jsonld and .nq, what the"
	@echo "validation found is in $(OUT)/validation.txt. Try next:"
	@echo "  $(BIN)/budgetkg questions                                         every stored question"
	@echo "  $(BIN)/budgetkg query largest-projects --param limit=5 --store $(GRAPH)"
	@echo "  $(BIN)/budgetkg explain 电影放映工作经费 --store $(GRAPH)          what is said, and where it stands"
	@echo "  $(BIN)/budgetkg parse YOUR-FILE.txt --format json                 the records of your own document"
	@echo "  make test                                                         all tests"
	@echo "  make serve                                                        the graph in a browser"

# As many processes as there are processors, each with whole files of tests.
test: $(READY)
	$(BIN)/python -m pytest -n auto --dist loadfile

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

format: $(READY)
	$(BIN)/ruff check --fix --exit-zero .
	$(BIN)/ruff format .

bench: $(READY)
	$(BIN)/python -m benchmarks.run --sizes $(BENCH_SIZES) --out $(OUT)/bench.json
	$(BIN)/python -m benchmarks.reading

bench-reading: $(READY)
	$(BIN)/python -m benchmarks.reading

fuzz: $(READY)
	$(BIN)/python -m tests.fuzz --seconds $(FUZZ_SECONDS) --into $(OUT)/fuzz

torture: $(READY)
	$(BIN)/python -m tests.torture --seconds $(SECONDS) --into $(OUT)/torture & first=$$!; \
	$(BIN)/python -m tests.torture.hostile --seconds $(SECONDS) --into $(OUT)/torture; second=$$?; \
	wait $$first && exit $$second

test-patterns: $(READY)
	BUDGETKG_THOROUGH=1 $(BIN)/python -m pytest tests/test_patterns.py

generate: $(READY)
	$(BIN)/python -m tools.generate

check-generated: $(READY)
	$(BIN)/python -m tools.generate --check

check-owl: $(READY)
	$(BIN)/python -m pip install --quiet --require-hashes --requirement tests/owl/requirements.txt
	$(BIN)/python -m pytest tests/test_owl.py

tools: $(READY)
	@test -x .venv-tools/bin/python || $(BIN)/python -m venv .venv-tools
	.venv-tools/bin/python -m pip install --quiet --require-hashes --requirement tests/tools/requirements.txt
	@if command -v npm >/dev/null; then cd tests/tools && npm ci --silent; \
	else echo "no npm: the tests with Node.js are skipped (Debian: apt-get install nodejs npm)"; fi

check-tools: tools
	$(BIN)/python -m pytest tests/tools

# Chromium is the system's own (Debian: apt-get install chromium); without it those tests are skipped by name.
browser: $(READY)
	$(BIN)/python -m pip install --quiet --require-hashes --requirement constraints-mcp.txt
	$(BIN)/python -m pip install --quiet --require-hashes --requirement tests/web/requirements.txt

cluster: $(READY)
	$(BIN)/python -m pip install --quiet --require-hashes --requirement constraints-cluster.txt
	$(BIN)/python -m pip install --quiet --require-hashes --requirement tests/cluster/requirements.txt

docs: $(READY)
	$(BIN)/mkdocs build --quiet --site-dir $(OUT)/docs
	$(BIN)/python -m tools.generate --docs $(OUT)/docs/ontology
	@echo "Open $(OUT)/docs/index.html, and for the ontology $(OUT)/docs/ontology/index.html"

# Its own environment: the tool's dependencies are none of ours.
sbom:
	@mkdir -p $(OUT)/sbom
	@test -x $(OUT)/sbom/venv/bin/cyclonedx-py || { python3 -m venv $(OUT)/sbom/venv && \
	    $(OUT)/sbom/venv/bin/pip install --quiet --require-hashes --requirement tools/sbom/requirements.txt; }
	$(OUT)/sbom/venv/bin/cyclonedx-py requirements --output-reproducible --pyproject pyproject.toml \
	    --output-file $(OUT)/sbom/budgetkg.cdx.json constraints.txt
	$(OUT)/sbom/venv/bin/cyclonedx-py requirements --output-reproducible --pyproject pyproject.toml \
	    --output-file $(OUT)/sbom/budgetkg-ocr.cdx.json constraints-ocr.txt
	$(OUT)/sbom/venv/bin/cyclonedx-py requirements --output-reproducible --pyproject pyproject.toml \
	    --output-file $(OUT)/sbom/budgetkg-mcp.cdx.json constraints-mcp.txt
	$(OUT)/sbom/venv/bin/cyclonedx-py requirements --output-reproducible --pyproject pyproject.toml \
	    --output-file $(OUT)/sbom/budgetkg-cluster.cdx.json constraints-cluster.txt

# Only what a browser loads: the packages it is made of stay outside the wheel. Without npm the page has its plain form.
EDITOR := src/budgetkg/web/static/yasgui
web:
	cd tools/web && npm ci --ignore-scripts --silent
	@mkdir -p $(EDITOR)
	cp tools/web/node_modules/@zazuko/yasgui/build/yasgui.min.js tools/web/node_modules/@zazuko/yasgui/build/yasgui.min.css $(EDITOR)/

serve: $(READY)
	$(BIN)/budgetkg serve $(GRAPH)

clean:
	rm -rf $(OUT) build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis $(VENV) .venv-tools tests/tools/node_modules tools/web/node_modules $(EDITOR)
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
