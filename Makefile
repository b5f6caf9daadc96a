# Two commands do it all:  make demo   make test
.PHONY: demo test setup build bench samples clean help
.DEFAULT_GOAL := help

swift_release = swift build -c release
dossier = .build/release/dossier

help:
	@echo "make demo    install what is missing, build, process samples/ into out/"
	@echo "make test    install what is missing, run every test"
	@echo "make setup   install what is missing"
	@echo "make build   build the release binaries"
	@echo "make bench   measure a generated case against its truth, and OCRmyPDF on the same files; options in BENCH=\"…\""
	@echo "make samples write samples/ anew (byte for byte the same)"

setup:
	@scripts/setup.sh

build: setup
	$(swift_release) --product dossier
	$(swift_release) --product dossier-samples

# The exit code 1 of `run` says “done, with findings”; the sample case has none that stop a demo.
demo: build
	@mkdir -p out
	@$(dossier) run samples/scans --workspace out; code=$$?; [ $$code -le 1 ]
	@echo
	@echo "The dossier is in $(CURDIR)/out/cases; open report.html there first."
	@echo "A document was issued, ready to print:"
	@$(dossier) document new 起诉书 --case A990120222913 --data samples/documents/起诉书.yaml --workspace out
	@echo
	@if [ -t 0 ] && [ -t 1 ]; then \
		echo "Reading the case in the browser, until Ctrl-C:"; $(dossier) serve --workspace out; \
	else echo "To read the case: $(dossier) serve --workspace out, then open http://127.0.0.1:8080/"; fi

test: setup
	swift build --build-tests --explicit-target-dependency-import-check error
	swift test --skip-build

# Options of the bench go into BENCH, for example: make bench BENCH="--seed 7205 --no-peer"
bench: build
	@scripts/setup-bench.sh
	$(swift_release) --product dossier-bench
	.build/release/dossier-bench $(BENCH)

samples: build
	.build/release/dossier-samples committed samples

clean:
	rm -rf .build out
