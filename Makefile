# The whole workflow. `make` alone prints this list; on Windows see README.vi.md.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.setup-done
# Where pip finds torch. Off by default; on Linux without an NVIDIA GPU set it to PyTorch's CPU wheel index to save gigabytes (README).
TORCH_INDEX ?=
# The documents to index; empty: the corpus.
PATHS ?=
# Where the public articles, questions and documents lie that training and measuring need.
DATA ?= ../shared/data
# Another place for the index; empty: as set in policy-qa.toml or POLICY_QA_INDEX, otherwise index/.
INDEX ?=
ifneq ($(INDEX),)
export POLICY_QA_INDEX := $(INDEX)
endif
BUILT := $(or $(POLICY_QA_INDEX),index)/CURRENT

.DEFAULT_GOAL := help
.PHONY: help setup serve ask index test test-slow lint format eval eval-structure eval-retrieval encoder ranker cross-encoder rereader bench wheelhouse clean

help:  ## show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  make %-15s %s\n", $$1, $$2}' $(firstword $(MAKEFILE_LIST))

setup: $(STAMP)  ## make .venv with everything in it (again only when the requirements change)

$(STAMP): pyproject.toml constraints.txt
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed: make setup PYTHON=python3.12")'
	$(BIN)/python -m pip --version >/dev/null 2>&1 || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt $(if $(TORCH_INDEX),--extra-index-url $(TORCH_INDEX)) torch
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]'
	@touch $@

# `index` is incremental and quick, so it simply runs whenever an index is wanted.
index: $(STAMP)  ## bring the index up to date (PATHS="file folder …" adds documents)
	$(BIN)/policy-qa index $(PATHS)

serve: $(STAMP)  ## set up, index, open the chat on http://127.0.0.1:7860
	@$(BIN)/policy-qa index --quiet
	$(BIN)/policy-qa serve $(if $(PORT),--port $(PORT)) $(if $(HOST),--host $(HOST))

ask: export QUESTION = $(Q)
ask: $(STAMP)  ## answer in the terminal: make ask Q="Đề án 1079 có mấy quan điểm?"
	@test -n "$$QUESTION" || { echo 'make ask Q="…"' >&2; exit 2; }
	@test -f $(BUILT) || $(BIN)/policy-qa index --quiet
	@$(BIN)/policy-qa ask -- "$$QUESTION"

# Bytecode is kept even where the environment says otherwise: else all tests are compiled anew at each run.
test: export PYTHONDONTWRITEBYTECODE :=
test: $(STAMP)  ## the tests, offline, under three minutes
	$(BIN)/python -m pytest -m "not slow and not live" -n 2 --dist loadfile

test-slow: $(STAMP)  ## the long tests
	$(BIN)/python -m pytest -m slow

lint: $(STAMP)  ## ruff and mypy
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy src

format: $(STAMP)  ## put the code into its one format
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

# An index of its own, so that the office's documents neither help nor hinder and are not added to.
eval: $(STAMP)  ## measure answers and citations over evals/core.jsonl (the questions on files need DATA)
	$(BIN)/policy-qa eval run evals/core.jsonl --data $(DATA) --index build/eval-index --report build/eval/core

eval-structure: $(STAMP)  ## measure reading and structure against the gold trees (needs the files, see docs/reading.md)
	$(BIN)/python evals/structure/run.py
	$(BIN)/python evals/structure/words.py

eval-retrieval: $(STAMP)  ## compare ways to find the article that answers (needs DATA, see docs/retrieval.md)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[bench]'
	$(BIN)/python evals/retrieval/run.py --articles $(DATA)/alqac25/articles.jsonl --questions $(DATA)/alqac25/questions.jsonl

encoder: $(STAMP)  ## train the default encoder anew (needs DATA; half an hour on two cores)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[bench]'
	$(BIN)/python evals/encoder/build.py --out build/encoder-base
	$(BIN)/python evals/encoder/lessons.py --base build/encoder-base --data $(DATA) --out build/lessons.npz
	$(BIN)/python evals/encoder/train.py --base build/encoder-base --lessons build/lessons.npz
	$(BIN)/python evals/spelling.py $(DATA)/zalo/articles.jsonl.gz --questions evals/retrieval/questions.jsonl.gz
	$(BIN)/python evals/abbreviations.py --data $(DATA)

ranker: $(STAMP)  ## fit the ranker anew, after make encoder (needs DATA; an hour)
	$(BIN)/python evals/encoder/train.py --base build/encoder-base --lessons build/lessons.npz --without 1 2 --out build/encoder-1-2
	$(BIN)/python evals/encoder/train.py --base build/encoder-base --lessons build/lessons.npz --without 3 4 --out build/encoder-3-4
	$(BIN)/python evals/retrieval/cases.py --data $(DATA) --encoder build/encoder-1-2 --folds 1 2 --out build/cases-1-2.npz
	$(BIN)/python evals/retrieval/cases.py --data $(DATA) --encoder build/encoder-3-4 --folds 3 4 --out build/cases-3-4.npz
	$(BIN)/python evals/retrieval/cases.py --data $(DATA) --out build/cases-0.npz
	$(BIN)/python evals/retrieval/cases.py --data $(DATA) --encoder build/encoder-1-2 --folds 1 2 --small --out build/cases-small-1-2.npz
	$(BIN)/python evals/retrieval/cases.py --data $(DATA) --encoder build/encoder-3-4 --folds 3 4 --small --out build/cases-small-3-4.npz
	$(BIN)/python evals/retrieval/cases.py --data $(DATA) --small --out build/cases-small-0.npz
	$(BIN)/python evals/retrieval/fit.py build/cases-*.npz

cross-encoder: $(STAMP)  ## train the small cross-encoder anew, after make ranker (needs DATA and a GPU; an hour)
	$(BIN)/python evals/cross_encoder/candidates.py --data $(DATA) --out build/cross-encoder.npz
	$(BIN)/python evals/cross_encoder/train.py --candidates build/cross-encoder.npz
	for half in 1-2 3-4; do $(BIN)/python evals/cross_encoder/train.py --candidates build/cross-encoder.npz \
	  --folds $${half%-*} $${half#*-} --out build/cross-encoder-$$half.safetensors || exit 1; done

# Each half of the laws is asked with what learned from the other half alone.
FIRST_HALF := --folds 1 2 --encoder build/encoder-1-2 --ranker build/ranker-3-4.json --cross-encoder build/cross-encoder-3-4.safetensors
SECOND_HALF := --folds 3 4 --encoder build/encoder-3-4 --ranker build/ranker-1-2.json --cross-encoder build/cross-encoder-1-2.safetensors
rereader: $(STAMP)  ## fit the second look, and how sure an answer is, after make cross-encoder (needs DATA; an hour)
	$(BIN)/policy-qa index --quiet --index build/digests
	$(MAKE) eval
	$(BIN)/python evals/retrieval/fit.py build/cases-1-2.npz build/cases-small-1-2.npz --out build/ranker-1-2.json
	$(BIN)/python evals/retrieval/fit.py build/cases-3-4.npz build/cases-small-3-4.npz --out build/ranker-3-4.json
	$(BIN)/python evals/rereading/asking.py --data $(DATA) --out build/rereading-0.npz
	$(BIN)/python evals/rereading/asking.py --data $(DATA) $(FIRST_HALF) --out build/rereading-1-2.npz
	$(BIN)/python evals/rereading/asking.py --data $(DATA) $(SECOND_HALF) --out build/rereading-3-4.npz
	$(BIN)/python evals/rereading/fit.py build/rereading-*.npz
	$(BIN)/python evals/rereading/fit.py build/rereading-1-2.npz --out build/rereader-1-2.json
	$(BIN)/python evals/rereading/fit.py build/rereading-3-4.npz --out build/rereader-3-4.json
	$(BIN)/python evals/answered.py ask --data $(DATA) $(FIRST_HALF) --rereader build/rereader-3-4.json --out build/answered-1-2.json
	$(BIN)/python evals/answered.py ask --data $(DATA) $(SECOND_HALF) --rereader build/rereader-1-2.json --out build/answered-3-4.json
	$(BIN)/python evals/answered.py ask --data $(DATA) --out build/answered-0.json
	$(BIN)/python evals/answered.py sets core=build/eval-index second=build/digests nearmiss=build/digests officers=build/digests --out build/answered-sets.json
	$(BIN)/python evals/answered.py fit build/answered-*.json

bench: $(STAMP)  ## measure speed
	@test -f $(BUILT) || $(BIN)/policy-qa index --quiet
	$(BIN)/python evals/bench_start.py
	$(BIN)/python evals/structure/speed.py

wheelhouse: $(STAMP)  ## everything to install without a network, into wheelhouse/ (TORCH_INDEX as for setup)
	$(BIN)/python -m pip wheel --quiet --disable-pip-version-check --no-deps --wheel-dir wheelhouse .
	$(BIN)/python -m pip download --quiet --disable-pip-version-check -c constraints.txt $(if $(TORCH_INDEX),--extra-index-url $(TORCH_INDEX)) --dest wheelhouse torch wheelhouse/policy_qa-*.whl
	cp constraints.txt wheelhouse/

clean:  ## remove caches and build output (not .venv, not the index)
	rm -rf .mypy_cache .pytest_cache .ruff_cache .hypothesis build dist
	find src tests evals -name __pycache__ -type d -prune -exec rm -rf {} +
