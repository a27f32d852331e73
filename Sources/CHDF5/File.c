#ifdef POSETRAIL_HDF5
#include "Common.h"

#include <stdio.h>

const char *chdf5_version(void) {
  static char text[32];
  unsigned major = 0, minor = 0, release = 0;
  H5get_libversion(&major, &minor, &release);
  snprintf(text, sizeof text, "%u.%u.%u", major, minor, release);
  return text;
}

// Files are locked by ours, if at all; HDF5's locks would refuse a file that this process holds itself.
static hid_t access_list(void) {
  quiet();
  hid_t list = H5Pcreate(H5P_FILE_ACCESS);
  if (list >= 0) H5Pset_file_locking(list, false, true);
  return list;
}

chdf5_id chdf5_open(const char *path) {
  hid_t list = access_list();
  hid_t file = H5Fopen(path, H5F_ACC_RDONLY, list);
  H5Pclose(list);
  return file;
}

chdf5_id chdf5_create(const char *path) {
  hid_t list = access_list();
  hid_t properties = H5Pcreate(H5P_FILE_CREATE);
  H5Pset_link_creation_order(properties, H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED);
  H5Pset_attr_creation_order(properties, H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED);
  H5Pset_obj_track_times(properties, false);
  hid_t file = H5Fcreate(path, H5F_ACC_TRUNC, properties, list);
  H5Pclose(properties);
  H5Pclose(list);
  return file;
}

int chdf5_close(chdf5_id file) {
  quiet();
  herr_t flushed = H5Fflush(file, H5F_SCOPE_LOCAL), closed = H5Fclose(file);
  return flushed < 0 || closed < 0 ? -1 : 0;
}
#endif
