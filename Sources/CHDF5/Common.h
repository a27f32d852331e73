#pragma once

#include "CHDF5.h"

#include <hdf5/serial/hdf5.h>

/// One thread at a time is in the library, and none while a process is made of this one.
int chdf5_enter(void);
void chdf5_leave(int *entered);

/// Holds the library until the end of the block, and keeps it from printing.
#define IN_LIBRARY __attribute__((cleanup(chdf5_leave), unused)) int entered = chdf5_enter()

/// How files are opened. They are locked by ours, if at all: HDF5's locks would refuse one that this process holds itself.
static inline hid_t access_list(void) {
  hid_t list = H5Pcreate(H5P_FILE_ACCESS);
  if (list >= 0) H5Pset_file_locking(list, false, true);
  return list;
}
