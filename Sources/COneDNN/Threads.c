#ifdef POSETRAIL_ONEDNN

#define _GNU_SOURCE
#include "COneDNN.h"

#include <dlfcn.h>
#include <pthread.h>

// oneDNN comes with OpenMP as the distributions build it. Whose runtime that is, is only known once it is loaded; using
// the same one keeps its threads the only ones. GOMP_parallel is the entry that GCC compiles `omp parallel` to; LLVM's
// runtime has it too.
static struct {
  void (*set_threads)(int);
  int (*thread)(void);
  int (*threads)(void);
  void (*parallel)(void (*)(void *), void *, unsigned, unsigned);
} openmp;
static pthread_once_t openmp_once = PTHREAD_ONCE_INIT;

static void find_openmp(void) {
  openmp.set_threads = (void (*)(int))dlsym(RTLD_DEFAULT, "omp_set_num_threads");
  openmp.thread = (int (*)(void))dlsym(RTLD_DEFAULT, "omp_get_thread_num");
  openmp.threads = (int (*)(void))dlsym(RTLD_DEFAULT, "omp_get_num_threads");
  openmp.parallel = (void (*)(void (*)(void *), void *, unsigned, unsigned))dlsym(RTLD_DEFAULT, "GOMP_parallel");
}

void odnn_set_threads(int threads) {
  pthread_once(&openmp_once, find_openmp);
  if (openmp.set_threads) openmp.set_threads(threads);
}

typedef struct {
  void (*work)(void *context, int part, int parts);
  void *context;
  int parts;
} team_work;

static void run_member(void *argument) {
  const team_work *team = argument;
  // There may be fewer threads than were asked for.
  for (int part = openmp.thread(); part < team->parts; part += openmp.threads()) team->work(team->context, part, team->parts);
}

void odnn_parallel(int parts, void (*work)(void *context, int part, int parts), void *context) {
  pthread_once(&openmp_once, find_openmp);
  if (parts > 1 && openmp.parallel && openmp.thread && openmp.threads) {
    team_work team = {work, context, parts};
    openmp.parallel(run_member, &team, (unsigned)parts, 0);
  } else {
    for (int part = 0; part < parts; part++) work(context, part, parts);
  }
}

#endif
