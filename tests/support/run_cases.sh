#!/usr/bin/env bash
# Runs the cases in tests/cases/<area>/<behaviour>/ against a binary.
#
#     run_cases.sh [--accept] BINARY [area/behaviour | area]...
#
# A case is a folder with `cmd`, a bash script, and what is expected of it: expected.out and
# expected.err (compared where they exist) and expected.status (0 where it does not exist).
# The script runs in an empty temporary folder and finds there:
#     $AITRACK   the binary        $CASE   the case's folder        $DATA   the folder data/
# --accept writes what the script does as what is expected; review the difference.
set -u
here=$(cd "$(dirname "$0")/../.." && pwd)
accept=
if [ "${1:-}" = --accept ]; then accept=yes; shift; fi

# Runs case $1 and leaves in folder $2 either `ok` or `why`.
run_case() {
    local result=$2 work status wanted
    export CASE=$1
    # What the sanitizers find fails the case, even where it looks at no status.
    export ASAN_OPTIONS="exitcode=99:log_path=$result/sanitizer"
    export UBSAN_OPTIONS="print_stacktrace=1:exitcode=99:log_path=$result/sanitizer"
    work=$(mktemp -d)
    (cd "$work" && exec timeout 120 bash "$CASE/cmd") >"$result/out" 2>"$result/err" </dev/null
    status=$?
    rm -rf "$work"

    if [ -n "$accept" ]; then
        for stream in out err; do
            if [ -s "$result/$stream" ] || [ -e "$CASE/expected.$stream" ]; then
                cp "$result/$stream" "$CASE/expected.$stream"
            fi
        done
        if [ "$status" -ne 0 ]; then
            echo "$status" >"$CASE/expected.status"
        else
            rm -f "$CASE/expected.status"
        fi
    fi

    wanted=0
    [ -e "$CASE/expected.status" ] && wanted=$(cat "$CASE/expected.status")
    {
        for stream in out err; do
            [ -e "$CASE/expected.$stream" ] || continue
            diff -u --label "expected.$stream" --label "got.$stream" \
                "$CASE/expected.$stream" "$result/$stream"
        done
        if [ "$status" != "$wanted" ]; then
            echo "status $status, expected $wanted"
            [ -e "$CASE/expected.err" ] || head -n 40 "$result/err"
        fi
        cat "$result"/sanitizer.* 2>/dev/null
    } >"$result/why"
    [ -s "$result/why" ] || { rm -f "$result/why"; : >"$result/ok"; }
}

if [ "${1:-}" = --one ]; then
    accept=$AITRACK_ACCEPT
    run_case "$2" "$3"
    exit 0
fi

AITRACK=$(cd "$(dirname "$1")" && pwd)/$(basename "$1")
DATA=$here/data
AITRACK_ACCEPT=$accept
export AITRACK DATA AITRACK_ACCEPT LC_ALL=C.UTF-8 TZ=UTC
unset AITRACK_LEDGER NO_COLOR COLUMNS
shift

results=$(mktemp -d)
trap 'rm -rf "$results"' EXIT
shopt -s nullglob
[ $# -gt 0 ] || set -- ""
names=()
for wanted in "$@"; do
    for script in "$here/tests/cases/${wanted:+$wanted/}"cmd \
                  "$here/tests/cases/${wanted:+$wanted/}"*/cmd \
                  "$here/tests/cases/${wanted:+$wanted/}"*/*/cmd; do
        [ -e "$script" ] && names+=("$(dirname "$script")")
    done
done
if [ "${#names[@]}" -eq 0 ] && [ -n "$1" ]; then
    echo "no such case: $*" >&2
    exit 2
fi

number=0
for name in "${names[@]}"; do
    mkdir "$results/$number"
    printf '%s\0%s\0' "$name" "$results/$number"
    number=$((number + 1))
done | xargs -0 -r -n 2 -P "$(nproc 2>/dev/null || echo 2)" bash "$0" --one

passed=0 failed=0 number=0
for name in "${names[@]}"; do
    if [ -e "$results/$number/ok" ]; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        echo "--- ${name#"$here"/tests/cases/}"
        cat "$results/$number/why" 2>/dev/null
    fi
    number=$((number + 1))
done
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
