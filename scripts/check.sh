#!/usr/bin/env bash
# Format, lint, types, imports, catalogues.
set -euo pipefail
export NO_COLOR=1
bin=.venv/bin
$bin/ruff format --check -q . && $bin/ruff check -q .
$bin/mypy
$bin/lint-imports
$bin/python -m scripts.catalogues
$bin/python -m scripts.npm run --silent check
