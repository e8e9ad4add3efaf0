// Moves the wall clock of one process: preloaded, and told by how many seconds in the file that
// WEIR_FAULTS_CLOCK names. libfaketime cannot be used: it moves timespec_get as well, from which
// librdkafka makes the ends of its waits, but not the waits themselves, which then last for an hour.

#define _GNU_SOURCE
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <sys/time.h>
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
