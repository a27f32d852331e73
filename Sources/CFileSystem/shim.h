#pragma once

// Calls of Linux that the C library has and Swift's Glibc module does not show (renameat2(2), syncfs(2)).

#define FILESYSTEM_RENAME_NOREPLACE 1u
#define FILESYSTEM_RENAME_EXCHANGE 2u

int renameat2(int old_folder, const char *old_path, int new_folder, const char *new_path, unsigned int flags);
int syncfs(int descriptor);
