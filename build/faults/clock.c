/*
 * Loaded before the C library (LD_PRELOAD), it sets the clock of one process: by as many seconds as the file named by
 * CLOCK_FILE says. The monotonic clock goes on as it does when somebody sets the machine's clock.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

static time_t by(void) {
  static int file = -1;
  char text[16] = {0};
  if (file < 0) {
    const char *name = getenv("CLOCK_FILE");
    file = name ? open(name, O_RDONLY | O_CLOEXEC) : -1;
  }
  return file < 0 || pread(file, text, sizeof text - 1, 0) <= 0 ? 0 : atol(text);
}

int clock_gettime(clockid_t clock, struct timespec *at) {
  static int (*real)(clockid_t, struct timespec *);
  if (!real) real = (int (*)(clockid_t, struct timespec *))dlsym(RTLD_NEXT, "clock_gettime");
  int result = real(clock, at);
  if (result == 0 && (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE)) at->tv_sec += by();
  return result;
}

int gettimeofday(struct timeval *restrict at, void *restrict zone) {
  struct timespec now;
  (void)zone;
  int result = clock_gettime(CLOCK_REALTIME, &now);
  at->tv_sec = now.tv_sec;
  at->tv_usec = now.tv_nsec / 1000;
  return result;
}

time_t time(time_t *at) {
  struct timespec now;
  clock_gettime(CLOCK_REALTIME, &now);
  if (at) *at = now.tv_sec;
  return now.tv_sec;
}
