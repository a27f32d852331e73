#ifdef POSETRAIL_HDF5
#include "Reading.h"

#include <stdlib.h>
#include <string.h>

// Of all texts of an array or attribute.
static const size_t text_limit = 16 << 20;

hid_t reading_open(const char *path) {
  hid_t list = access_list();
  hid_t file = H5Fopen(path, H5F_ACC_RDONLY, list);
  H5Pclose(list);
  return file;
}

bool reading_has(hid_t file, const char *name) {
  H5L_info_t info;
  return H5Lexists(file, name, H5P_DEFAULT) > 0 && H5Lget_info(file, name, &info, H5P_DEFAULT) >= 0 &&
         info.type == H5L_TYPE_HARD;
}

hid_t reading_array(hid_t file, const char *name) {
  if (!reading_has(file, name)) return -1;
  hid_t access = H5Pcreate(H5P_DATASET_ACCESS);
  H5Pset_chunk_cache(access, 12421, 64 << 20, 1);
  hid_t array = H5Dopen2(file, name, access);
  H5Pclose(access);
  return array;
}

int reading_describe(hid_t array, chdf5_shape *shape) {
  memset(shape, 0, sizeof *shape);
  int result = -1;
  hid_t space = H5Dget_space(array), type = H5Dget_type(array), list = H5Dget_create_plist(array);
  if (space < 0 || type < 0 || list < 0) goto end;
  shape->rank = H5Sget_simple_extent_ndims(space);
  if (shape->rank < 0 || shape->rank > CHDF5_MAX_RANK || H5Sget_simple_extent_type(space) == H5S_NULL) goto end;
  hsize_t dims[CHDF5_MAX_RANK], chunk[CHDF5_MAX_RANK];
  if (shape->rank > 0 && H5Sget_simple_extent_dims(space, dims, NULL) < 0) goto end;
  H5D_layout_t layout = H5Pget_layout(list);
  if ((layout != H5D_COMPACT && layout != H5D_CONTIGUOUS && layout != H5D_CHUNKED) || H5Pget_external_count(list) != 0)
    goto end;
  bool is_chunked = layout == H5D_CHUNKED;
  if (is_chunked && H5Pget_chunk(list, CHDF5_MAX_RANK, chunk) != shape->rank) goto end;
  for (int axis = 0; axis < shape->rank; axis++) {
    shape->dims[axis] = dims[axis];
    shape->chunk[axis] = is_chunked ? chunk[axis] : dims[axis];
  }
  H5T_class_t class = H5Tget_class(type);
  shape->kind = class == H5T_FLOAT || class == H5T_INTEGER ? CHDF5_NUMBERS
                : class == H5T_STRING                      ? CHDF5_TEXTS
                                                           : CHDF5_OTHER;
  shape->element = H5Tget_size(type);
  shape->stored = H5Dget_storage_size(array);
  result = 0;
end:
  H5Pclose(list);
  H5Tclose(type);
  H5Sclose(space);
  return result;
}

int reading_numbers(hid_t array, const uint64_t *start, const uint64_t *count, double *values) {
  int result = -1;
  hid_t file = H5Dget_space(array), memory = -1;
  int rank = file < 0 ? -1 : H5Sget_simple_extent_ndims(file);
  if (rank < 1 || rank > CHDF5_MAX_RANK) goto end;
  hsize_t from[CHDF5_MAX_RANK], size[CHDF5_MAX_RANK];
  for (int axis = 0; axis < rank; axis++) {
    from[axis] = start[axis];
    size[axis] = count[axis];
  }
  memory = H5Screate_simple(rank, size, NULL);
  if (memory < 0 || H5Sselect_hyperslab(file, H5S_SELECT_SET, from, NULL, size, NULL) < 0) goto end;
  result = H5Dread(array, H5T_NATIVE_DOUBLE, memory, file, H5P_DEFAULT, values);
end:
  H5Sclose(memory);
  H5Sclose(file);
  return result;
}

// Reads a whole array or attribute.
static herr_t read_all(hid_t object, bool is_attribute, hid_t type, void *values) {
  return is_attribute ? H5Aread(object, type, values) : H5Dread(object, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, values);
}

// Copies texts behind each other. `stride` is the room for each in `bytes`.
static char *joined(const char *bytes, size_t count, size_t stride, size_t *size) {
  char *all = malloc(count * (stride + 1) + 1);
  if (!all) return NULL;
  *size = 0;
  for (size_t index = 0; index < count; index++) {
    size_t length = strnlen(bytes + index * stride, stride);
    memcpy(all + *size, bytes + index * stride, length);
    *size += length;
    all[(*size)++] = 0;
  }
  return all;
}

static char *joined_pointers(char **texts, size_t count, size_t *size) {
  size_t total = 0;
  for (size_t index = 0; index < count; index++) total += (texts[index] ? strlen(texts[index]) : 0) + 1;
  char *all = total <= text_limit ? malloc(total + 1) : NULL;
  if (!all) return NULL;
  *size = 0;
  for (size_t index = 0; index < count; index++) {
    const char *text = texts[index] ? texts[index] : "";
    memcpy(all + *size, text, strlen(text) + 1);
    *size += strlen(text) + 1;
  }
  return all;
}

static char *texts(hid_t object, bool is_attribute, size_t *size) {
  char *result = NULL, *values = NULL;
  hid_t space = is_attribute ? H5Aget_space(object) : H5Dget_space(object);
  hid_t type = is_attribute ? H5Aget_type(object) : H5Dget_type(object);
  hssize_t points = space < 0 ? -1 : H5Sget_simple_extent_npoints(space);
  if (type < 0 || H5Tget_class(type) != H5T_STRING || points < 0 || (size_t)points > text_limit / sizeof(char *)) goto end;
  size_t count = (size_t)points;
  if (H5Tis_variable_str(type) > 0) {
    hsize_t total = 0;
    bool is_small = is_attribute ? count == 1 : H5Dvlen_get_buf_size(object, type, space, &total) >= 0 && total <= text_limit;
    if (!is_small) goto end;
    hid_t memory = H5Tcopy(type);
    values = calloc(count + 1, sizeof(char *));
    if (values && read_all(object, is_attribute, memory, values) >= 0) {
      result = joined_pointers((char **)values, count, size);
      H5Dvlen_reclaim(memory, space, H5P_DEFAULT, values);
    }
    H5Tclose(memory);
  } else {
    size_t stride = H5Tget_size(type);
    if (stride == 0 || stride > text_limit / (count + 1)) goto end;
    values = calloc(count + 1, stride);
    if (!values || read_all(object, is_attribute, type, values) < 0) goto end;
    hsize_t dims[2];
    if (stride == 1 && H5Sget_simple_extent_ndims(space) == 2 && H5Sget_simple_extent_dims(space, dims, NULL) == 2) {
      count = dims[0];
      stride = dims[1];
    }
    result = joined(values, count, stride, size);
  }
end:
  free(values);
  H5Tclose(type);
  H5Sclose(space);
  return result;
}

char *reading_texts(hid_t array, size_t *size) {
  return texts(array, false, size);
}

char *reading_text_attribute(hid_t object, const char *name) {
  if (H5Aexists(object, name) <= 0) return NULL;
  hid_t attribute = H5Aopen(object, name, H5P_DEFAULT);
  size_t size;
  char *text = attribute < 0 ? NULL : texts(attribute, true, &size);
  H5Aclose(attribute);
  if (text && size == 0) {
    free(text);
    return NULL;
  }
  return text;
}

int reading_number_attribute(hid_t object, const char *name, double *value) {
  if (H5Aexists(object, name) <= 0) return -1;
  int result = -1;
  hid_t attribute = H5Aopen(object, name, H5P_DEFAULT);
  hid_t space = H5Aget_space(attribute), type = H5Aget_type(attribute);
  if (space < 0 || type < 0 || H5Sget_simple_extent_npoints(space) != 1) goto end;
  H5T_class_t class = H5Tget_class(type);
  if (class == H5T_FLOAT || class == H5T_INTEGER) result = H5Aread(attribute, H5T_NATIVE_DOUBLE, value);
end:
  H5Tclose(type);
  H5Sclose(space);
  H5Aclose(attribute);
  return result;
}

// Whether an attribute is as the specification of dimension scales has it: a list of references for each dimension.
static bool is_dimension_list(hid_t type, hid_t space, int rank) {
  if (type < 0 || space < 0 || H5Tget_class(type) != H5T_VLEN || H5Sget_simple_extent_npoints(space) != rank) return false;
  hid_t inner = H5Tget_super(type);
  bool is_one = H5Tequal(inner, H5T_STD_REF_OBJ) > 0;
  H5Tclose(inner);
  return is_one;
}

char *reading_dimension(hid_t array, int dimension) {
  if (H5Aexists(array, "DIMENSION_LIST") <= 0) return NULL;
  char *result = NULL;
  hid_t attribute = H5Aopen(array, "DIMENSION_LIST", H5P_DEFAULT);
  hid_t space = H5Aget_space(attribute), type = H5Aget_type(attribute), extent = H5Dget_space(array);
  int rank = H5Sget_simple_extent_ndims(extent);
  hvl_t lists[CHDF5_MAX_RANK];
  if (rank <= dimension || rank > CHDF5_MAX_RANK || !is_dimension_list(type, space, rank)) goto end;
  if (H5Aread(attribute, type, lists) < 0) goto end;
  if (lists[dimension].len > 0) {
    hid_t scale = H5Rdereference2(array, H5P_DEFAULT, H5R_OBJECT, lists[dimension].p);
    char name[256];
    if (scale >= 0 && H5Iget_name(scale, name, sizeof name) > 0) {
      const char *last = strrchr(name, '/');
      result = strdup(last ? last + 1 : name);
    }
    H5Oclose(scale);
  }
  H5Dvlen_reclaim(type, space, H5P_DEFAULT, lists);
end:
  H5Sclose(extent);
  H5Tclose(type);
  H5Sclose(space);
  H5Aclose(attribute);
  return result;
}
#endif
