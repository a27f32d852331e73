#ifdef POSETRAIL_HDF5
#define _GNU_SOURCE
#include "Reading.h"
#include "Requests.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

enum { MAX_ARRAYS = 16 };

// The file and the arrays of it that were asked for.
static hid_t file;
static struct {
  char name[128];
  hid_t id;
} arrays[MAX_ARRAYS];

static hid_t opened(const char *name) {
  for (int index = 0; index < MAX_ARRAYS; index++) {
    if (arrays[index].name[0] && strcmp(arrays[index].name, name)) continue;
    if (!arrays[index].name[0]) {
      strcpy(arrays[index].name, name);
      arrays[index].id = reading_array(file, name);
    }
    return arrays[index].id;
  }
  return -1;
}

// Of a text, as the bytes of a reply.
static char *text(char *text, reply *answer) {
  answer->size = text ? strlen(text) + 1 : 0;
  return text;
}

static char *bytes(size_t size, reply *answer) {
  char *room = malloc(size);
  answer->size = room ? size : 0;
  return room;
}

static char *answer_to(const request *asked, reply *answer) {
  char *result = NULL;
  hid_t array = asked->kind == REQUEST_HAS || !asked->array[0] ? file : opened(asked->array);
  size_t size = 0;
  if (array < 0) return NULL;
  switch (asked->kind) {
  case REQUEST_HAS: answer->result = reading_has(file, asked->array); break;
  case REQUEST_DESCRIBE:
    result = bytes(sizeof(chdf5_shape), answer);
    if (result) answer->result = reading_describe(array, (chdf5_shape *)result);
    break;
  case REQUEST_NUMBERS:
    result = bytes(asked->total * sizeof(double), answer);
    if (result) answer->result = reading_numbers(array, asked->start, asked->count, (double *)result);
    break;
  case REQUEST_TEXTS:
    result = reading_texts(array, &size);
    answer->size = result ? size : 0;
    answer->result = result ? 0 : -1;
    break;
  case REQUEST_DIMENSION: result = text(reading_dimension(array, asked->dimension), answer); break;
  case REQUEST_TEXT_ATTRIBUTE: result = text(reading_text_attribute(array, asked->attribute), answer); break;
  case REQUEST_NUMBER_ATTRIBUTE:
    result = bytes(sizeof(double), answer);
    if (result) answer->result = reading_number_attribute(array, asked->attribute, (double *)result);
    break;
  }
  return result;
}

// Keeps from the process what it does not need: other files, memory without end, and what the terminal tells its group.
static void confine(int socket, int descriptor) {
  int fatal[] = {SIGSEGV, SIGBUS, SIGABRT, SIGFPE, SIGILL}, asked[] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGUSR1};
  for (size_t index = 0; index < sizeof fatal / sizeof *fatal; index++) signal(fatal[index], SIG_DFL);
  for (size_t index = 0; index < sizeof asked / sizeof *asked; index++) signal(asked[index], SIG_IGN);
  int nowhere = open("/dev/null", O_RDWR);
  for (int standard = 0; standard < 3; standard++) dup2(nowhere, standard);
  unsigned low = (unsigned)(socket < descriptor ? socket : descriptor);
  unsigned high = (unsigned)(socket < descriptor ? descriptor : socket);
  if (low > 3) close_range(3, low - 1, 0);
  if (high > low + 1) close_range(low + 1, high - 1, 0);
  close_range(high + 1, ~0u, 0);
  struct rlimit none = {0, 0};
  setrlimit(RLIMIT_CORE, &none);
  unsigned long pages = 0;
  FILE *sizes = fopen("/proc/self/statm", "r");
  if (sizes && fscanf(sizes, "%lu", &pages) == 1) {
    rlim_t most = (rlim_t)pages * (rlim_t)sysconf(_SC_PAGESIZE) + ((rlim_t)2 << 30);
    struct rlimit memory = {most, most};
    setrlimit(RLIMIT_AS, &memory);
  }
  if (sizes) fclose(sizes);
}

_Noreturn void serve(int socket, int descriptor) {
  confine(socket, descriptor);
  H5Eset_auto2(H5E_DEFAULT, NULL, NULL);
  char path[32];
  snprintf(path, sizeof path, "/proc/self/fd/%d", descriptor);
  file = reading_open(path);
  reply opening = {file < 0 ? -1 : 0, 0};
  if (!send_all(socket, &opening, sizeof opening) || file < 0) _exit(0);
  request asked;
  while (receive_all(socket, &asked, sizeof asked)) {
    reply answer = {-1, 0};
    char *result = answer_to(&asked, &answer);
    bool is_sent = send_all(socket, &answer, sizeof answer) && send_all(socket, result, answer.size);
    free(result);
    if (!is_sent) break;
  }
  _exit(0);
}
#endif
