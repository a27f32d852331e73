#pragma once

#include "CHDF5.h"

#include <hdf5/serial/hdf5.h>

/// Keeps HDF5 from printing in this thread.
static inline void quiet(void) { H5Eset_auto2(H5E_DEFAULT, NULL, NULL); }

/// The type of texts of any length in memory.
static inline hid_t text_type(void) {
  hid_t type = H5Tcopy(H5T_C_S1);
  H5Tset_size(type, H5T_VARIABLE);
  H5Tset_cset(type, H5T_CSET_UTF8);
  return type;
}
