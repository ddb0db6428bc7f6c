#!/usr/bin/env bash
# Measures the extraction against the gold files in ../shared, where they exist.
#     score.sh BINARY                      a table for each gold file
#     score.sh BINARY --details FOLDER     and each miss and wrong field in FOLDER/<gold>.details
set -u
here=$(cd "$(dirname "$0")/../.." && pwd)
shared=$here/../shared
binary=$1
details=
[ "${2:-}" = --details ] && details=$3
if [ ! -x "$shared/score" ] || [ ! -d "$shared/gold" ]; then
    echo "no gold files here (looked in $shared): nothing measured"
    exit 0
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
[ -z "$details" ] || mkdir -p "$details"

failed=0
while read -r name gold docs; do
    jq -r .doc "$shared/gold/$gold" | LC_ALL=C sort -u | while read -r doc; do
        jq -Rsc --arg doc "$doc" '{doc: $doc, text: .}' "$shared/$docs/$doc"
    done | "$binary" extract --json-docs >"$work/$name.jsonl"
    status=$?
    [ "$status" -eq 0 ] || { echo "extract ended with status $status"; failed=1; }
    echo "== $name"
    "$shared/score" "$shared/gold/$gold" "$shared/$docs" "$work/$name.jsonl" || failed=1
    if [ -n "$details" ]; then
        "$shared/score" "$shared/gold/$gold" "$shared/$docs" "$work/$name.jsonl" --details \
            >"$details/$name.details"
        cp "$work/$name.jsonl" "$details/$name.jsonl"
        echo "details: $details/$name.details, records: $details/$name.jsonl"
    fi
done <<END
seeds seeds.jsonl seeds
dev-a dev-a.jsonl gold/dev
dev-b dev-b.jsonl gold/dev-b
END
exit "$failed"
