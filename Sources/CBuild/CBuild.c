#include "CBuild.h"

#include <stddef.h>

#define TEXT_OF(word) #word
#define TEXT(word) TEXT_OF(word)

#ifdef POSETRAIL_COMMIT
const char *cbuild_commit(void) { return TEXT(POSETRAIL_COMMIT); }
#else
const char *cbuild_commit(void) { return NULL; }
#endif
