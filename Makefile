# Builds aitrack in build/ and checks it. Nothing is written elsewhere.
#
#   make            the program, build/aitrack
#   make deps       installs what is missing to build and check it (Debian and Ubuntu)
#   make demo       builds it, reads the samples in data/samples and asks some questions
#   make check      everything: tests, rule examples, sanitizers, both compilers, lint
#   make install    DESTDIR=... PREFIX=/usr/local
#
# Parts of check: unit cases rules headers lint (format-check tidy) score; asan runs unit and
# cases with the sanitizers. `make cases CASE=money/nbsp` runs one case, `make accept
# CASE=money/nbsp` rewrites its expectations. `make score-details` lists every miss.
# Another compiler or place: make CC=clang B=build/clang. SANITIZE=1 adds the sanitizers, V=1
# shows the commands.

B        := build
PREFIX   := /usr/local
CFLAGS   ?= -O2 -g
SANITIZE :=
CASE     :=
V        :=

PACKAGES := libpcre2-8 libcjson libutf8proc libxxhash

# ---- flags ---------------------------------------------------------------------------------

WARNINGS := -Wall -Wextra -Wconversion -Wshadow -Wstrict-prototypes -Wmissing-prototypes \
            -Wvla -Wwrite-strings
LANGUAGE := -std=c11 -D_POSIX_C_SOURCE=200809L -Iinclude -pthread
ifdef CI
WARNINGS += -Werror
endif
ifdef SANITIZE
HARDENING := -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer \
             -DARENA_MALLOC
LINKING   := -fsanitize=address,undefined
else
HARDENING := -fstack-protector-strong -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=2 -fPIE
LINKING   := -pie -Wl,-z,relro,-z,now
endif

# Asked for only when something is compiled, and once: `make deps` must run without them.
ask_packages = $(if $(shell pkg-config --exists $(2) && echo yes),$(shell \
    pkg-config $(1) $(2)),$(error Libraries are missing ($(2)): run "make deps"))
LIBRARY_CFLAGS = $(eval LIBRARY_CFLAGS := $$(call ask_packages,--cflags,$(PACKAGES)))$(LIBRARY_CFLAGS)
LIBRARY_LIBS   = $(eval LIBRARY_LIBS := $$(call ask_packages,--libs,$(PACKAGES)) -lcsv -lm \
                     $(ICONV_LIBS))$(LIBRARY_LIBS)
TEST_CFLAGS    = $(eval TEST_CFLAGS := $$(call ask_packages,--cflags,cmocka))$(TEST_CFLAGS)
TEST_LIBS      = $(eval TEST_LIBS := $$(call ask_packages,--libs,cmocka))$(TEST_LIBS)
# In the C library on Linux, a library of its own elsewhere.
HASH          := \#
ICONV_LIBS     = $(shell printf '%s\n' '$(HASH)include <iconv.h>' \
                     'int main(void) { return iconv_open("", "") == (iconv_t)-1; }' \
                     | $(CC) -x c - -o /dev/null 2>/dev/null || echo -liconv)

COMPILE = $(CC) $(LANGUAGE) $(WARNINGS) $(HARDENING) $(CPPFLAGS) $(CFLAGS) $(LIBRARY_CFLAGS) -MMD -MP
LINK    = $(CC) $(HARDENING) $(CFLAGS) $(LINKING) $(LDFLAGS) -pthread

# say NAME: a short line in place of the command itself.
Q   := $(if $(V),,@)
say = $(if $(V),:,echo '  $(1)  $@')

# ---- files ---------------------------------------------------------------------------------

SOURCES   := $(filter-out src/tools/%,$(wildcard src/*/*.c))
OBJECTS   := $(SOURCES:src/%.c=$(B)/obj/%.o) $(B)/obj/embedded_data.o
UNITS     := $(patsubst tests/unit/%.c,$(B)/unit/%,$(wildcard tests/unit/test_*.c))
HEADERS   := $(wildcard include/aitrack/*.h src/*/*_internal.h)
DATA      := $(sort $(filter-out data/samples/%,$(shell find data -name '*.tsv' -o -name '*.rules')))
FORMATTED := $(wildcard src/*.c src/*/*.c src/*/*.h include/aitrack/*.h tests/unit/*.c tests/unit/*.h)
TIDIED    := $(patsubst %.c,$(B)/tidy/%.txt,$(wildcard src/*.c src/*/*.c))

all: $(B)/aitrack

$(B)/aitrack: $(B)/obj/main.o $(B)/libaitrack.a
	@$(call say,LD)
	$(Q)$(LINK) $^ $(LIBRARY_LIBS) $(LDLIBS) -o $@

$(B)/libaitrack.a: $(OBJECTS)
	@rm -f $@
	$(Q)$(AR) rcs $@ $^

$(B)/obj/%.o: src/%.c
	@mkdir -p $(@D)
	@$(call say,CC)
	$(Q)$(COMPILE) -c $< -o $@

# data/ as C. The list of names is a file too, so that a removed table is noticed.
$(B)/gen/data.list: force
	@mkdir -p $(@D)
	@echo '$(DATA)' | cmp -s - $@ || echo '$(DATA)' >$@

$(B)/gen/embedded_data.c: $(B)/tools/embed_data $(B)/gen/data.list $(DATA)
	@$(call say,GEN)
	$(Q)$< data $(DATA:data/%=%) >$@.new
	@mv $@.new $@

$(B)/obj/embedded_data.o: $(B)/gen/embedded_data.c
	@mkdir -p $(@D)
	@$(call say,CC)
	$(Q)$(COMPILE) -Isrc/rules -c $< -o $@

$(B)/tools/embed_data: src/tools/embed_data.c
	@mkdir -p $(@D)
	@$(call say,CC)
	$(Q)$(CC) $(LANGUAGE) $(WARNINGS) $< -o $@

$(B)/tools/test_rules: src/tools/test_rules.c $(B)/libaitrack.a
	@mkdir -p $(@D)
	@$(call say,LD)
	$(Q)$(COMPILE) -MT $@ -c $< -o $@.o
	$(Q)$(LINK) $@.o $(B)/libaitrack.a $(LIBRARY_LIBS) -o $@

$(B)/unit/%: tests/unit/%.c $(B)/libaitrack.a
	@mkdir -p $(@D)
	@$(call say,LD)
	$(Q)$(COMPILE) $(TEST_CFLAGS) -MT $@ -c $< -o $@.o
	$(Q)$(LINK) $@.o $(B)/libaitrack.a $(LIBRARY_LIBS) $(TEST_LIBS) -o $@

-include $(wildcard $(B)/obj/*.d $(B)/obj/*/*.d $(B)/unit/*.d $(B)/tools/*.d)

# ---- checks: each ends with a line "N passed, N failed" -------------------------------------

deps:
	@CC='$(CC)' sh tests/support/deps.sh all

check:
	@CC='$(CC)' sh tests/support/deps.sh all
	@MAKE='$(MAKE)' bash tests/support/check.sh

unit: $(UNITS)
	@bash tests/support/run_units.sh $(UNITS)

cases: $(B)/aitrack
	@bash tests/support/run_cases.sh $(B)/aitrack $(CASE)

accept: $(B)/aitrack
	@test -n '$(CASE)' || { echo 'usage: make accept CASE=area/behaviour' >&2; exit 2; }
	@bash tests/support/run_cases.sh --accept $(B)/aitrack $(CASE)

rules: $(B)/tools/test_rules
	@$(B)/tools/test_rules data

asan:
	$(MAKE) B=build/asan-gcc CC=gcc CFLAGS='-O1 -g' SANITIZE=1 unit cases

headers:
	@CC='$(CC)' bash tests/support/check_headers.sh $(LANGUAGE) $(WARNINGS) -- $(HEADERS)

lint: format-check tidy

format-check:
	@bash tests/support/check_format.sh $(FORMATTED)

format:
	clang-format -i $(FORMATTED)

# One result file for each source, so that only what changed is looked at again.
tidy: $(TIDIED)
	@failed=0; passed=0; \
	for result in $(TIDIED); do \
	    if [ -s $$result ]; then failed=$$((failed + 1)); cat $$result; \
	    else passed=$$((passed + 1)); fi; \
	done; \
	echo "$$passed passed, $$failed failed"; [ $$failed -eq 0 ]

$(B)/tidy/%.txt: %.c .clang-tidy $(HEADERS)
	@mkdir -p $(@D)
	@{ clang-tidy --quiet $< -- $(LANGUAGE) $(LIBRARY_CFLAGS) 2>/dev/null || \
	    echo '$<: error: clang-tidy is not content'; } | grep 'error:' >$@; true

score: $(B)/aitrack
	@bash tests/support/score.sh $(B)/aitrack

score-details: $(B)/aitrack
	@bash tests/support/score.sh $(B)/aitrack --details $(B)/score

# ---- use -----------------------------------------------------------------------------------

demo:
	@CC='$(CC)' sh tests/support/deps.sh demo
	@$(MAKE) --no-print-directory all
	@bash tests/support/demo.sh $(B)/aitrack data/samples $(B)/demo.csv

install: $(B)/aitrack
	install -d $(DESTDIR)$(PREFIX)/bin
	install -m 755 $(B)/aitrack $(DESTDIR)$(PREFIX)/bin/aitrack

clean:
	rm -rf $(B)

.PHONY: all deps check unit cases accept rules asan headers lint format-check format tidy score \
        score-details demo install clean force
.DELETE_ON_ERROR:
.SECONDARY:
