/* Preloaded into a program, it moves its clock by as many seconds as the file of WEIR_TEST_CLOCK says at the moment; the
 * clocks that only measure stay, and so do waits. It allocates nothing, since allocators ask for the time while they begin. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <threads.h>
#include <time.h>
#include <unistd.h>

static long moved(void) {
    char text[32] = {0};
    const char *path = getenv("WEIR_TEST_CLOCK");
    int file = path ? open(path, O_RDONLY) : -1;
    if (file < 0) return 0;
    long length = read(file, text, sizeof text - 1);
    close(file);
    return length > 0 ? atol(text) : 0;
}

int clock_gettime(clockid_t clock, struct timespec *now) {
    long failed = syscall(SYS_clock_gettime, clock, now);
    if (!failed && clock == CLOCK_REALTIME) now->tv_sec += moved();
    return (int)failed;
}

int gettimeofday(struct timeval *now, void *zone) {
    struct timespec exact;
    (void)zone;
    if (clock_gettime(CLOCK_REALTIME, &exact)) return -1;
    now->tv_sec = exact.tv_sec;
    now->tv_usec = exact.tv_nsec / 1000;
    return 0;
}

time_t time(time_t *at) {
    struct timespec exact;
    clock_gettime(CLOCK_REALTIME, &exact);
    if (at) *at = exact.tv_sec;
    return exact.tv_sec;
}

/* Waits have their ends by the clock that was asked, and the system goes by its own. One by a clock that only measures lies
 * before any date of today. */
static struct timespec own(const struct timespec *until) {
    struct timespec now, end = *until;
    syscall(SYS_clock_gettime, CLOCK_REALTIME, &now);
    long by = moved();
    if (by > 0 && end.tv_sec - now.tv_sec > by / 2) end.tv_sec -= by;
    return end;
}

int pthread_cond_timedwait(pthread_cond_t *what, pthread_mutex_t *lock, const struct timespec *until) {
    static int (*wait)(pthread_cond_t *, pthread_mutex_t *, const struct timespec *);
    struct timespec end = own(until);
    if (!wait) *(void **)&wait = dlvsym(RTLD_NEXT, "pthread_cond_timedwait", "GLIBC_2.3.2");
    if (!wait) *(void **)&wait = dlsym(RTLD_NEXT, "pthread_cond_timedwait");
    return wait(what, lock, &end);
}

int cnd_timedwait(cnd_t *restrict what, mtx_t *restrict lock, const struct timespec *restrict until) {
    static int (*wait)(cnd_t *, mtx_t *, const struct timespec *);
    struct timespec end = own(until);
    if (!wait) *(void **)&wait = dlsym(RTLD_NEXT, "cnd_timedwait");
    return wait(what, lock, &end);
}
