#!/usr/bin/env bash
# Shows what aitrack does (make demo): demo.sh BINARY TEXTS LEDGER
# The ledger is made anew. Each command is told before what it prints.
set -euo pipefail
binary=$1 texts=$2
AITRACK_LEDGER=$3
export AITRACK_LEDGER
if [ ! -t 1 ]; then # in a terminal the tables fit its width
    export COLUMNS="${COLUMNS:-120}"
fi

aitrack() {
    "$binary" "$@"
}

# Tells COMMAND, a line of shell, and runs it.
show() {
    printf '\n$ %s\n' "$1"
    eval "$1"
}

rm -f "$AITRACK_LEDGER"
printf '$ export AITRACK_LEDGER=%s\n' "$AITRACK_LEDGER"
show "aitrack ingest $texts"
show 'aitrack query --announcements --format table'
show 'aitrack query --actor Mistral --columns date,figure,investor,recipient,kind,status --format table'
show 'aitrack query --since 2025-02 --kind funding_round --sort -amount --limit 10 \
    --columns date,figure,investor,recipient,status,source --format table'
show 'aitrack query --min 100Md€ | jq -r ".[] | [.date, .figure, .status, .source] | @tsv"'
