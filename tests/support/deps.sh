#!/bin/sh
# Installs what is missing to build aitrack ("build"), to show it ("demo") or to check it too
# ("all"), with apt-get.
# Without anything missing it does nothing and uses no network.
set -u
wanted=${1:-all}
CC=${CC:-cc}
missing=

need() { missing="$missing $1"; }
need_command() { command -v "$1" >/dev/null 2>&1 || need "$2"; }
need_library() { pkg-config --exists "$1" 2>/dev/null || need "$2"; }
# A program of one line, compiled and linked: $1 compiler, $2 flags, $3 header.
links() { printf '#include <%s>\nint main(void) { return 0; }\n' "$3" |
    $1 -x c - $2 -o /dev/null 2>/dev/null; }

install_missing() {
    [ -n "$missing" ] || return 0
    if ! command -v apt-get >/dev/null 2>&1; then
        echo "Missing here; install what provides these Debian packages:$missing" >&2
        exit 1
    fi
    as_root=
    if [ "$(id -u)" -ne 0 ]; then
        if ! command -v sudo >/dev/null 2>&1; then
            echo "Missing, to be installed by root: apt-get install$missing" >&2
            exit 1
        fi
        as_root=sudo
    fi
    echo "Installing:$missing"
    $as_root apt-get update -q >/dev/null &&
        $as_root env DEBIAN_FRONTEND=noninteractive \
            apt-get install -q -y --no-install-recommends $missing >/dev/null || exit 1
    missing=
}

need_command "${CC%% *}" "gcc libc6-dev"
need_command pkg-config pkg-config
need_library libpcre2-8 libpcre2-dev
need_library libcjson libcjson-dev
need_library libutf8proc libutf8proc-dev
need_library libxxhash libxxhash-dev
links "$CC" -lcsv csv.h || need libcsv-dev
if [ "$wanted" != build ]; then
    need_command jq jq
fi
if [ "$wanted" = all ]; then
    need_library cmocka libcmocka-dev
    need_command gcc "gcc libc6-dev"
    need_command clang clang
    need_command clang-format clang-format
    need_command clang-tidy clang-tidy
    need_command python3 python3
    need_command strace strace
fi
install_missing

# The sanitizers of clang are a package of their own from version 14 on.
if [ "$wanted" = all ] && ! links clang -fsanitize=address,undefined stdio.h; then
    version=$(clang -dumpversion) || exit 1
    need "libclang-rt-${version%%.*}-dev"
    install_missing
fi
exit 0
