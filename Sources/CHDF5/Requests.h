#pragma once

#include "CHDF5.h"

// What goes between a reader and its process.

typedef enum {
  REQUEST_HAS,
  REQUEST_DESCRIBE,
  REQUEST_NUMBERS,
  REQUEST_TEXTS,
  REQUEST_DIMENSION,
  REQUEST_TEXT_ATTRIBUTE,
  REQUEST_NUMBER_ATTRIBUTE
} request_kind;

typedef struct {
  request_kind kind;
  int dimension;
  /// Empty for the file.
  char array[128];
  char attribute[64];
  uint64_t start[CHDF5_MAX_RANK], count[CHDF5_MAX_RANK];
  size_t total;
} request;

/// Followed by `size` bytes.
typedef struct {
  int64_t result;
  uint64_t size;
} reply;

bool send_all(int socket, const void *bytes, size_t size);
bool receive_all(int socket, void *bytes, size_t size);

/// Answers requests until the other end of the socket is closed, and never returns.
_Noreturn void serve(int socket, int descriptor);
