#ifdef POSETRAIL_HDF5
#include "Common.h"

#include <hdf5/serial/hdf5_hl.h>
#include <math.h>

chdf5_id chdf5_create(const char *path) {
  IN_LIBRARY;
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
  IN_LIBRARY;
  herr_t flushed = H5Fflush(file, H5F_SCOPE_LOCAL), closed = H5Fclose(file);
  return flushed < 0 || closed < 0 ? -1 : 0;
}

void chdf5_close_array(chdf5_id array) {
  IN_LIBRARY;
  H5Dclose(array);
}

// Texts of any length.
static hid_t text_type(void) {
  hid_t type = H5Tcopy(H5T_C_S1);
  H5Tset_size(type, H5T_VARIABLE);
  H5Tset_cset(type, H5T_CSET_UTF8);
  return type;
}

// A space of `rank` dimensions; one element where there are none.
static hid_t make_space(int rank, const uint64_t *dims, hsize_t *sizes) {
  for (int axis = 0; axis < rank; axis++) sizes[axis] = dims[axis];
  return rank == 0 ? H5Screate(H5S_SCALAR) : H5Screate_simple(rank, sizes, NULL);
}

static hid_t make_array(hid_t file, const char *name, hid_t type, hid_t space, hid_t properties) {
  H5Pset_obj_track_times(properties, false);
  H5Pset_attr_creation_order(properties, H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED);
  return H5Dcreate2(file, name, type, space, H5P_DEFAULT, properties, H5P_DEFAULT);
}

chdf5_id chdf5_make_numbers(
  chdf5_id file, const char *name, chdf5_type type, int rank, const uint64_t *dims, const uint64_t *chunk) {
  IN_LIBRARY;
  hid_t stored = type == CHDF5_FLOAT64 ? H5T_IEEE_F64LE : type == CHDF5_INT64 ? H5T_STD_I64LE : H5T_STD_U8LE;
  hsize_t sizes[CHDF5_MAX_RANK];
  hid_t space = make_space(rank, dims, sizes);
  hid_t properties = H5Pcreate(H5P_DATASET_CREATE);
  if (chunk) {
    for (int axis = 0; axis < rank; axis++) sizes[axis] = chunk[axis];
    H5Pset_chunk(properties, rank, sizes);
    H5Pset_deflate(properties, 1);
  }
  double nothing = NAN;
  if (type == CHDF5_FLOAT64) H5Pset_fill_value(properties, H5T_NATIVE_DOUBLE, &nothing);
  hid_t array = make_array(file, name, stored, space, properties);
  H5Pclose(properties);
  H5Sclose(space);
  return array;
}

int chdf5_write(chdf5_id array, const uint64_t *start, const uint64_t *count, const double *values) {
  IN_LIBRARY;
  int result = -1;
  hid_t file = H5Dget_space(array), memory = -1;
  int rank = H5Sget_simple_extent_ndims(file);
  if (rank < 0 || rank > CHDF5_MAX_RANK) goto end;
  hsize_t from[CHDF5_MAX_RANK], size[CHDF5_MAX_RANK];
  for (int axis = 0; axis < rank; axis++) from[axis] = start[axis];
  memory = make_space(rank, count, size);
  if (rank > 0 && H5Sselect_hyperslab(file, H5S_SELECT_SET, from, NULL, size, NULL) < 0) goto end;
  result = H5Dwrite(array, H5T_NATIVE_DOUBLE, memory, file, H5P_DEFAULT, values);
end:
  H5Sclose(memory);
  H5Sclose(file);
  return result;
}

chdf5_id chdf5_make_texts(
  chdf5_id file, const char *name, int rank, const uint64_t *dims, const char *const *texts) {
  IN_LIBRARY;
  hsize_t sizes[CHDF5_MAX_RANK];
  hid_t type = text_type(), space = make_space(rank, dims, sizes), properties = H5Pcreate(H5P_DATASET_CREATE);
  hid_t array = make_array(file, name, type, space, properties);
  if (array >= 0 && H5Sget_simple_extent_npoints(space) > 0 &&
      H5Dwrite(array, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, texts) < 0) {
    H5Dclose(array);
    array = -1;
  }
  H5Pclose(properties);
  H5Sclose(space);
  H5Tclose(type);
  return array;
}

static int set_attribute(hid_t object, const char *name, hid_t type, const void *value) {
  hid_t space = H5Screate(H5S_SCALAR);
  hid_t attribute = H5Acreate2(object, name, type, space, H5P_DEFAULT, H5P_DEFAULT);
  int result = attribute < 0 ? -1 : H5Awrite(attribute, type, value);
  H5Aclose(attribute);
  H5Sclose(space);
  return result;
}

int chdf5_set_text(chdf5_id object, const char *name, const char *text) {
  IN_LIBRARY;
  hid_t type = text_type();
  int result = set_attribute(object, name, type, &text);
  H5Tclose(type);
  return result;
}

int chdf5_set_number(chdf5_id object, const char *name, double value) {
  IN_LIBRARY;
  return set_attribute(object, name, H5T_NATIVE_DOUBLE, &value);
}

int chdf5_make_scale(chdf5_id array, const char *name) {
  IN_LIBRARY;
  return H5DSset_scale(array, name);
}

int chdf5_attach_scale(chdf5_id array, chdf5_id scale, int dimension) {
  IN_LIBRARY;
  return H5DSattach_scale(array, scale, (unsigned)dimension);
}
#endif
