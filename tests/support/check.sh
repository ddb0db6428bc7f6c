#!/usr/bin/env bash
# All the checks (make check): runs them one after the other, shows the output of those that
# fail, and ends with the sum of all "N passed, N failed".
set -u
unset MAKEFLAGS MFLAGS # what was given to make check is not for the parts
jobs=$(nproc 2>/dev/null || echo 2)
logs=build/check
passed=0 failed=0
mkdir -p "$logs"

# part NAME MAKE-ARGUMENTS...: one part; make's status counts as well as its lines.
part() {
    local name=$1 log="$logs/${1// /-}.log" status p f start=$SECONDS
    shift
    ${MAKE:-make} --no-print-directory -j"$jobs" "$@" >"$log" 2>&1 </dev/null
    status=$?
    read -r p f < <(awk '/^[0-9]+ passed, [0-9]+ failed$/ { p += $1; f += $3 }
                         END { print p + 0, f + 0 }' "$log")
    if [ "$status" -ne 0 ] && [ "$f" -eq 0 ]; then
        f=1 # it did not even build
    fi
    passed=$((passed + p)) failed=$((failed + f))
    printf '%-22s %5d passed %4d failed %4d s\n' "$name" "$p" "$f" $((SECONDS - start))
    if [ "$f" -ne 0 ]; then
        grep -v ' passed, 0 failed$' "$log" | tail -n 200 | sed 's/^/    /'
    fi
}

for compiler in gcc clang; do
    part "$compiler build" CC=$compiler B=build/$compiler all
    part "$compiler" CC=$compiler B=build/$compiler unit cases
    part "$compiler sanitizers" CC=$compiler B=build/asan-$compiler SANITIZE=1 \
        CFLAGS='-O1 -g' unit cases
done
part rules B=build/gcc CC=gcc rules
part headers CC=gcc headers
part format format-check
part tidy tidy
if [ -d ../shared/gold ]; then
    part score B=build/gcc CC=gcc score
    cat "$logs/score.log"
else
    echo 'score: skipped, there are no annotated texts in ../shared/gold'
fi

echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
