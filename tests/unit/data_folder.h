/* data_folder.h - a folder under /tmp that stands for data/ in a test (--data DIR). */
#ifndef AITRACK_TEST_DATA_FOLDER_H
#define AITRACK_TEST_DATA_FOLDER_H

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct data_folder {
    char path[64];
    char file[128]; /* the name of the file written last */
};

static inline void data_folder_open(struct data_folder *folder)
{
    strcpy(folder->path, "/tmp/aitrack-data-XXXXXX");
    if (!mkdtemp(folder->path))
        abort();
}

/* Writes the file NAME, directly in the folder; its older content is gone. */
static inline void data_folder_write(struct data_folder *folder, const char *name,
                                     const char *bytes, size_t len)
{
    FILE *stream;

    snprintf(folder->file, sizeof folder->file, "%s/%s", folder->path, name);
    stream = fopen(folder->file, "wb");
    if (!stream || fwrite(bytes, 1, len, stream) != len || fclose(stream) != 0)
        abort();
}

static inline void data_folder_remove(const char *path)
{
    DIR                 *folder = opendir(path);
    const struct dirent *entry;

    while (folder && (entry = readdir(folder))) {
        char        inside[512];
        struct stat about;

        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
            continue;
        if (snprintf(inside, sizeof inside, "%s/%s", path, entry->d_name) >= (int)sizeof inside)
            abort();
        if (lstat(inside, &about) == 0 && S_ISDIR(about.st_mode))
            data_folder_remove(inside);
        else
            unlink(inside);
    }
    if (folder)
        closedir(folder);
    rmdir(path);
}

#endif
