/* display.c - looks at stdout to choose format, width and colour. */
#include "aitrack/display.h"

#include <stdlib.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "aitrack/nearest.h"

/* Cells for a table on stdout: COLUMNS goes first, as it does for ls, then the terminal.
 * 0 where there is none, as what reads a pipe may want all. */
static size_t table_width(bool is_terminal)
{
    int64_t columns;

    if (str_to_int64(str_from(getenv("COLUMNS")), &columns) && columns > 0 && columns < 100000)
        return (size_t)columns;
    if (!is_terminal)
        return 0;
#ifdef TIOCGWINSZ
    {
        struct winsize size;

        if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
            return size.ws_col;
    }
#endif
    return 80;
}

static bool wants_colour(void)
{
    const char *no_colour = getenv("NO_COLOR");
    const char *terminal = getenv("TERM");

    return !(no_colour && no_colour[0]) && !str_equal(str_from(terminal), STR("dumb"));
}

static bool find_format(const char *name, enum output_format *out, struct error *err)
{
    struct nearest nearest;

    if (output_format_find(str_from(name), out))
        return true;
    nearest_init(&nearest, str_from(name));
    for (int i = 0; i < OUTPUT_FORMAT_COUNT; i++)
        nearest_offer(&nearest, output_format_names[i]);
    if (nearest.name)
        return error_set(err, ERROR_USAGE, "--format: unknown format \"%s\"; did you mean %s?",
                         name, nearest.name);
    return error_set(err, ERROR_USAGE,
                     "--format: unknown format \"%s\"; known are table, csv, json, jsonl, "
                     "markdown",
                     name);
}

bool display_options(const struct display_args *args, struct output_options *out, struct error *err)
{
    bool                  is_terminal = isatty(STDOUT_FILENO);
    struct output_options options = {
        .format = is_terminal && !args->json ? OUTPUT_TABLE : OUTPUT_JSON,
        .width = table_width(is_terminal),
        .in_colour = is_terminal && wants_colour(),
    };

    if (args->format && !find_format(args->format, &options.format, err))
        return false;
    if (args->format && args->json && options.format != OUTPUT_JSON)
        return error_set(err, ERROR_USAGE, "--json and --format %s exclude each other",
                         args->format);
    *out = options;
    return true;
}
