#pragma once

#include "Common.h"

// What the process that reads does. Negative or NULL where something failed; all texts are to be freed.

hid_t reading_open(const char *path);
bool reading_has(hid_t file, const char *name);
hid_t reading_array(hid_t file, const char *name);
int reading_describe(hid_t array, chdf5_shape *shape);
int reading_numbers(hid_t array, const uint64_t *start, const uint64_t *count, double *values);
char *reading_texts(hid_t array, size_t *size);
char *reading_dimension(hid_t array, int dimension);
char *reading_text_attribute(hid_t object, const char *name);
int reading_number_attribute(hid_t object, const char *name, double *value);
