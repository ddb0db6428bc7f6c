/* main.c - runs the command line, prints the one error, returns the status. */
#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

#include "aitrack/cli.h"
#include "aitrack/diag.h"

/* A standard stream that the caller closed would be the number of the next file opened, and
 * what is meant for the stream would go into a ledger. What stands in fails when used. */
static void hold_standard_streams(void)
{
    for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
        if (fcntl(fd, F_GETFD) < 0)
            (void)open("/dev/null", fd == STDIN_FILENO ? O_WRONLY : O_RDONLY);
}

int main(int argc, char **argv)
{
    struct error err = { .kind = ERROR_NONE };
    int          status;

    hold_standard_streams();
    signal(SIGPIPE, SIG_IGN); /* writing fails instead, and the program ends in order */
    signal(SIGXFSZ, SIG_IGN);
    status = cli_run(argc, argv, &err);
    if (err.kind != ERROR_NONE)
        diag_note("%s", err.text);
    return status;
}
