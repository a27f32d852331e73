/// The part of HDF5 that files of poses need. Defined where POSETRAIL_HDF5 is. Results are negative, or NULL, where something
/// failed; nothing is ever printed.
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { CHDF5_MAX_RANK = 8 };

typedef enum { CHDF5_OTHER, CHDF5_NUMBERS, CHDF5_TEXTS } chdf5_kind;
typedef enum { CHDF5_FLOAT64, CHDF5_INT64, CHDF5_UINT8 } chdf5_type;

// Reading. Files can crash HDF5 1.10, or keep it busy forever: they are read in a process of their own, whose end is a failure to
// read. Links to other files are not followed.

/// A file that is read; one thread at a time.
typedef struct chdf5_reader chdf5_reader;

typedef struct {
  chdf5_kind kind;
  int rank;
  uint64_t dims[CHDF5_MAX_RANK];
  /// All dims where it is not stored in chunks.
  uint64_t chunk[CHDF5_MAX_RANK];
  /// Bytes of one element, and of all that are in the file.
  uint64_t element, stored;
} chdf5_shape;

/// Reads what is open under a descriptor, which must stay open until this returns.
chdf5_reader *chdf5_open(int descriptor);
void chdf5_close_reader(chdf5_reader *reader);

/// Whether an array or a group of that name lies in the file.
bool chdf5_has(chdf5_reader *reader, const char *array);
/// Negative also where the values lie in another file.
int chdf5_describe(chdf5_reader *reader, const char *array, chdf5_shape *shape);
/// The part of an array of numbers that begins at `start`, row by row.
int chdf5_read(
  chdf5_reader *reader, const char *array, int rank, const uint64_t *start, const uint64_t *count, double *values);
/// All texts of an array, each with a zero behind it, to be freed; `size` counts all bytes. A matrix of single characters has
/// a text a row.
char *chdf5_texts(chdf5_reader *reader, const char *array, size_t *size);
/// The name of the scale of a dimension, to be freed.
char *chdf5_dimension(chdf5_reader *reader, const char *array, int dimension);
/// Of an array, or of the file where that is NULL; to be freed.
char *chdf5_text_attribute(chdf5_reader *reader, const char *array, const char *name);
/// Of the file.
int chdf5_number_attribute(chdf5_reader *reader, const char *name, double *value);

// Writing, by HDF5's handles.

typedef int64_t chdf5_id;

/// Makes a file that has no times in it; an existing one is emptied.
chdf5_id chdf5_create(const char *path);
/// Negative where the last of it could not be written.
int chdf5_close(chdf5_id file);
void chdf5_close_array(chdf5_id array);

/// Numbers in compressed chunks where those are given, NaN or 0 where nothing is written; without rank, one number.
chdf5_id chdf5_make_numbers(
  chdf5_id file, const char *name, chdf5_type type, int rank, const uint64_t *dims, const uint64_t *chunk);
int chdf5_write(chdf5_id array, const uint64_t *start, const uint64_t *count, const double *values);
chdf5_id chdf5_make_texts(
  chdf5_id file, const char *name, int rank, const uint64_t *dims, const char *const *texts);
int chdf5_set_text(chdf5_id object, const char *name, const char *text);
int chdf5_set_number(chdf5_id object, const char *name, double value);
int chdf5_make_scale(chdf5_id array, const char *name);
int chdf5_attach_scale(chdf5_id array, chdf5_id scale, int dimension);
