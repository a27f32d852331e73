#pragma once

/// The commit that the program was built from, in twelve digits, with `-changed` behind it where files differed; NULL where that
/// was not known.
const char *cbuild_commit(void);
