#!/usr/bin/env bash
# Runs unit test programs and counts their tests: run_units.sh PROGRAM...
# Shows what a failing program says. A program that dies counts as one failure more.
set -u
passed=0 failed=0
log=$(mktemp)
trap 'rm -f "$log"' EXIT
export CMOCKA_MESSAGE_OUTPUT=TAP LC_ALL=C.UTF-8 TZ=UTC UBSAN_OPTIONS=print_stacktrace=1
unset AITRACK_LEDGER

for program in "$@"; do
    timeout 120 "$program" >"$log" 2>&1 </dev/null
    status=$?
    good=$(grep -c '^ok ' "$log")
    bad=$(grep -c '^not ok ' "$log")
    if [ "$status" -ne 0 ] && [ "$bad" -eq 0 ]; then
        bad=1
        echo "$program: ended with status $status"
    fi
    if [ "$bad" -ne 0 ]; then
        echo "--- $program"
        grep -v '^ok ' "$log"
    fi
    passed=$((passed + good)) failed=$((failed + bad))
done
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
