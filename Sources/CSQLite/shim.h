#pragma once

#include <sqlite3.h>

// SQLITE_TRANSIENT, a macro with a cast that Swift does not import: the text is copied.
static inline int csqlite_bind_text(sqlite3_stmt *statement, int index, const char *text, int length) {
    return sqlite3_bind_text(statement, index, text, length, SQLITE_TRANSIENT);
}
