// Moves the wall clock of one process: preloaded, and told by how many seconds in the file that
// WEIR_FAULTS_CLOCK names. libfaketime cannot be used: it moves the clock from which librdkafka makes
// the ends of its waits, but not cnd_timedwait itself, so that each wait lasts for an hour. Here a wait
// is as long as it was meant; a wait that is under way while a real clock is set back is not shown.

#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <threads.h>
#include <time.h>
#include <unistd.h>

#define LOOK_MILLIS 20

static long offset(void) {
    static _Atomic long known, looked;
    struct timespec now;
    syscall(SYS_clock_gettime, CLOCK_MONOTONIC, &now);
    long millis = now.tv_sec * 1000 + now.tv_nsec / 1000000;
    if (millis - atomic_load(&looked) < LOOK_MILLIS) return atomic_load(&known);
    atomic_store(&looked, millis);
    const char *path = getenv("WEIR_FAULTS_CLOCK");
    FILE *file = path ? fopen(path, "r") : NULL;
    long seconds;
    if (file && fscanf(file, "%ld", &seconds) == 1) atomic_store(&known, seconds);
    if (file) fclose(file);
    return atomic_load(&known);
}

int clock_gettime(clockid_t id, struct timespec *at) {
    int failed = syscall(SYS_clock_gettime, id, at);
    if (!failed && (id == CLOCK_REALTIME || id == CLOCK_REALTIME_COARSE)) at->tv_sec += offset();
    return failed;
}

int gettimeofday(struct timeval *restrict at, void *restrict zone) {
    (void)zone;
    struct timespec now;
    int failed = clock_gettime(CLOCK_REALTIME, &now);
    if (!failed) *at = (struct timeval){now.tv_sec, now.tv_nsec / 1000};
    return failed;
}

time_t time(time_t *at) {
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    if (at) *at = now.tv_sec;
    return now.tv_sec;
}

int cnd_timedwait(cnd_t *restrict condition, mtx_t *restrict mutex, const struct timespec *restrict at) {
    static int (*_Atomic real)(cnd_t *, mtx_t *, const struct timespec *);
    if (!real) real = (int (*)(cnd_t *, mtx_t *, const struct timespec *))dlsym(RTLD_NEXT, "cnd_timedwait");
    struct timespec then = *at;
    then.tv_sec -= offset();
    return real(condition, mutex, &then);
}
