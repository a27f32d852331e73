#pragma once

#include <signal.h>
#include <sys/prctl.h>

// Calls of Linux that the C library has and Swift's Glibc module does not show (renameat2(2), syncfs(2)).

#define FILESYSTEM_RENAME_NOREPLACE 1u
#define FILESYSTEM_RENAME_EXCHANGE 2u

int renameat2(int old_folder, const char *old_path, int new_folder, const char *new_path, unsigned int flags);
int syncfs(int descriptor);

// Sends this process SIGTERM when the one that started it ends (PR_SET_PDEATHSIG of prctl(2), which takes any arguments).
static inline int filesystem_end_with_parent(void) { return prctl(PR_SET_PDEATHSIG, SIGTERM); }
