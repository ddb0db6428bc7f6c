#!/usr/bin/env bash
# Does every header compile alone? check_headers.sh FLAGS... -- HEADER...
set -u
flags=()
while [ "$1" != -- ]; do flags+=("$1"); shift; done
shift
passed=0 failed=0
for header in "$@"; do
    if printf '#include "%s"\n' "$PWD/$header" |
        ${CC:-cc} "${flags[@]}" -Werror -fsyntax-only -x c -; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        echo "--- $header"
    fi
done
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
