#!/usr/bin/env bash
# The plans behind the percentages of the monthly report, for a script: report workbook → observations → indicators.
# Needs jq. Run: bash examples/pipeline.sh
set -euo pipefail
cd "$(dirname "$0")"

sonla data convert monthly-report.xlsx - --to jsonl \
  | jq -c 'select(.metric == "revenue.local")' \
  | sonla budget --data - --no-embedded --json \
  | jq -r '.rows[] | select(.indicator == "implied_plan") | [.basis, .low, .high, .unit] | @tsv'
