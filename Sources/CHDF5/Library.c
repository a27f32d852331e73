#ifdef POSETRAIL_HDF5
#include "Common.h"

#include <pthread.h>

static pthread_mutex_t library = PTHREAD_MUTEX_INITIALIZER;

int chdf5_enter(void) {
  pthread_mutex_lock(&library);
  H5Eset_auto2(H5E_DEFAULT, NULL, NULL);
  return 1;
}

void chdf5_leave(int *entered) {
  (void)entered;
  pthread_mutex_unlock(&library);
}
#endif
