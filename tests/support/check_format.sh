#!/usr/bin/env bash
# Is every file formatted as .clang-format says? check_format.sh FILE...
# The layout of clang-format 14 (Debian 12) counts; others lay some lines out differently, so
# with them differences are shown and not counted.
set -u
tool=clang-format
command -v clang-format-14 >/dev/null 2>&1 && tool=clang-format-14
passed=0 failed=0
for file in "$@"; do
    if "$tool" "$file" | cmp -s - "$file"; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        echo "$file: make format would change it"
    fi
done
if ! "$tool" --version | grep -q 'version 14\.'; then
    echo "$("$tool" --version) is not version 14: $failed difference(s) not counted"
    failed=0
fi
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
