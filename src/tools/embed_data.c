/* embed_data.c - build-time program: writes files as one C source on standard output.
 *
 *     embed_data data lexicons/actors.tsv rules/money.rules ... >embedded_data.c
 *
 * The bytes become string literals, which compilers read some ten times faster than arrays
 * of numbers. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int by_path(const void *left, const void *right)
{
    const char *const *a = left;
    const char *const *b = right;

    return strcmp(*a, *b);
}

static void put_byte(int c)
{
    if (c == '"' || c == '\\' || c == '?') /* "??=" would be a trigraph */
        printf("\\%c", c);
    else if (c >= ' ' && c <= '~')
        putchar(c);
    else
        printf("\\%03o", (unsigned)c);
    if (c == '\n')
        fputs("\"\n    \"", stdout);
}

static int put_file(const char *folder, const char *path, int number)
{
    char  name[4096];
    FILE *file;
    int   c;

    if (snprintf(name, sizeof name, "%s/%s", folder, path) >= (int)sizeof name ||
        !(file = fopen(name, "rb"))) {
        perror(path);
        return 0;
    }
    printf("static const unsigned char file_%d[] =\n    \"", number);
    while ((c = getc(file)) != EOF)
        put_byte(c);
    puts("\";\n");
    if (ferror(file)) {
        perror(name);
        fclose(file);
        return 0;
    }
    fclose(file);
    return 1;
}

int main(int argc, char **argv)
{
    if (argc < 2) {
        fputs("usage: embed_data FOLDER PATH... >FILE.c\n", stderr);
        return 2;
    }
    qsort(argv + 2, (size_t)argc - 2, sizeof *argv, by_path);

    puts("/* Written by embed_data from the files in data/. */");
    puts("#include \"embedded_internal.h\"\n");
    for (int i = 2; i < argc; i++)
        if (!put_file(argv[1], argv[i], i - 2))
            return 4;
    puts("const struct embedded_file embedded_files[] = {");
    for (int i = 2; i < argc; i++)
        printf("    { \"%s\", file_%d, sizeof file_%d - 1 },\n", argv[i], i - 2, i - 2);
    puts("    { NULL, NULL, 0 },\n};");
    printf("const size_t embedded_file_count = %d;\n", argc - 2);
    return fflush(stdout) == 0 && !ferror(stdout) ? 0 : 4;
}
