#ifdef POSETRAIL_HDF5
#include "Common.h"
#include "Requests.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

// Seconds in which a request is answered, or never.
static const int patience = 60;
static const uint64_t largest_text = 64 << 20;

struct chdf5_reader {
  pid_t process;
  int socket;
};

bool send_all(int socket, const void *bytes, size_t size) {
  for (const char *rest = bytes; size > 0;) {
    ssize_t count = send(socket, rest, size, MSG_NOSIGNAL);
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return false;
    rest += count;
    size -= (size_t)count;
  }
  return true;
}

bool receive_all(int socket, void *bytes, size_t size) {
  for (char *rest = bytes; size > 0;) {
    ssize_t count = recv(socket, rest, size, 0);
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return false;
    rest += count;
    size -= (size_t)count;
  }
  return true;
}

static void end(chdf5_reader *reader) {
  if (reader->process <= 0) return;
  kill(reader->process, SIGKILL);
  while (waitpid(reader->process, NULL, 0) < 0 && errno == EINTR) {
  }
  close(reader->socket);
  reader->process = 0;
}

void chdf5_close_reader(chdf5_reader *reader) {
  end(reader);
  free(reader);
}

chdf5_reader *chdf5_open(int descriptor) {
  int ends[2];
  if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) < 0) return NULL;
  struct timeval wait = {patience, 0};
  setsockopt(ends[0], SOL_SOCKET, SO_RCVTIMEO, &wait, sizeof wait);
  chdf5_reader *reader = malloc(sizeof *reader);
  pid_t process = -1;
  if (reader) {
    IN_LIBRARY;
    process = fork();
    if (process == 0) serve(ends[1], descriptor);
  }
  close(ends[1]);
  if (process < 0) {
    close(ends[0]);
    free(reader);
    return NULL;
  }
  *reader = (chdf5_reader){process, ends[0]};
  reply opening;
  if (receive_all(reader->socket, &opening, sizeof opening) && opening.result >= 0) return reader;
  chdf5_close_reader(reader);
  return NULL;
}

static request asking(request_kind kind, const char *array) {
  request asked;
  memset(&asked, 0, sizeof asked);
  asked.kind = kind;
  if (array) strncpy(asked.array, array, sizeof asked.array - 1);
  return asked;
}

// Sends a request. What a process says that a file has broken is not believed. The bytes of the answer go to `room`, which must be as large, or else to memory that is to be freed.
static int64_t ask(chdf5_reader *reader, const request *asked, void *room, size_t size, char **bytes, size_t *count) {
  if (reader->process <= 0) return -1;
  reply answer;
  if (!send_all(reader->socket, asked, sizeof *asked) || !receive_all(reader->socket, &answer, sizeof answer)) goto fail;
  if (answer.size == 0) return bytes ? -1 : answer.result;
  if (bytes && answer.size > largest_text) goto fail;
  if (bytes) *bytes = room = malloc(answer.size);
  if (!room || (!bytes && answer.size != size) || !receive_all(reader->socket, room, answer.size)) goto fail;
  if (count) *count = answer.size;
  if (bytes) (*bytes)[answer.size - 1] = 0;
  return bytes ? 0 : answer.result;
fail:
  if (bytes) free(*bytes);
  end(reader);
  return -1;
}

static char *ask_text(chdf5_reader *reader, const request *asked, size_t *size) {
  char *text = NULL;
  return ask(reader, asked, NULL, 0, &text, size) < 0 ? NULL : text;
}

bool chdf5_has(chdf5_reader *reader, const char *array) {
  request asked = asking(REQUEST_HAS, array);
  return ask(reader, &asked, NULL, 0, NULL, NULL) > 0;
}

int chdf5_describe(chdf5_reader *reader, const char *array, chdf5_shape *shape) {
  request asked = asking(REQUEST_DESCRIBE, array);
  int result = (int)ask(reader, &asked, shape, sizeof *shape, NULL, NULL);
  return shape->rank < 0 || shape->rank > CHDF5_MAX_RANK ? -1 : result;
}

int chdf5_read(
  chdf5_reader *reader, const char *array, int rank, const uint64_t *start, const uint64_t *count, double *values) {
  request asked = asking(REQUEST_NUMBERS, array);
  size_t total = 1;
  for (int axis = 0; axis < rank; axis++) {
    asked.start[axis] = start[axis];
    asked.count[axis] = count[axis];
    total *= count[axis];
  }
  asked.total = total;
  return (int)ask(reader, &asked, values, total * sizeof *values, NULL, NULL);
}

char *chdf5_texts(chdf5_reader *reader, const char *array, size_t *size) {
  request asked = asking(REQUEST_TEXTS, array);
  return ask_text(reader, &asked, size);
}

char *chdf5_dimension(chdf5_reader *reader, const char *array, int dimension) {
  request asked = asking(REQUEST_DIMENSION, array);
  asked.dimension = dimension;
  return ask_text(reader, &asked, NULL);
}

char *chdf5_text_attribute(chdf5_reader *reader, const char *array, const char *name) {
  request asked = asking(REQUEST_TEXT_ATTRIBUTE, array);
  strncpy(asked.attribute, name, sizeof asked.attribute - 1);
  return ask_text(reader, &asked, NULL);
}

int chdf5_number_attribute(chdf5_reader *reader, const char *name, double *value) {
  request asked = asking(REQUEST_NUMBER_ATTRIBUTE, NULL);
  strncpy(asked.attribute, name, sizeof asked.attribute - 1);
  return (int)ask(reader, &asked, value, sizeof *value, NULL, NULL);
}
#endif
