/* Between a program and the C library, in one process and those it forks (LD_PRELOAD).

   It counts the operations that change files below one folder, and at a chosen one ends the process, or
   its whole group: torture_arm(folder, shadow, number, group). It also keeps in the folder `shadow` what
   a disk would surely hold if the power failed: of each file the content at its last fsync, of each
   folder the names at its last fsync, under the number of its inode. */
#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

static char folder[PATH_MAX], shadow[PATH_MAX];
static long number, at, fail_at;
static int group, failure;
static pid_t owner;

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

void torture_arm(const char *where, const char *keep, long stop, int whole_group, long fail, int error) {
    snprintf(folder, sizeof folder, "%s", where);
    snprintf(shadow, sizeof shadow, "%s", keep);
    at = stop; number = 0; group = whole_group; owner = getpid(); fail_at = fail; failure = error;
}

long torture_count(void) { return number; }

static int below(const char *path) { return folder[0] && strncmp(path, folder, strlen(folder)) == 0; }

static int inside_at(int fd, const char *path) {
    char link[64], full[PATH_MAX];
    if (!folder[0] || owner != getpid()) return 0;
    if (path && path[0] == '/') return below(path);
    if (fd == AT_FDCWD) return 0;  /* every path of the program is absolute here */
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, full, sizeof full - 1);
    if (length < 0) return 0;
    full[length] = 0;
    return below(full);
}

/* One more operation: 0 to go on, -1 where it is to fail. */
static int step(void) {
    long now = __atomic_add_fetch(&number, 1, __ATOMIC_SEQ_CST);
    if (at && now == at) {
        kill(group ? 0 : getpid(), SIGKILL);
        for (;;) pause();
    }
    if (fail_at && now >= fail_at) { errno = failure; return -1; }
    return 0;
}

static void forget(int fd) {
    struct stat info; char name[PATH_MAX + 32];
    if (!shadow[0] || fstat(fd, &info) || info.st_size) return;
    snprintf(name, sizeof name, "%s/%lu", shadow, (unsigned long)info.st_ino);
    REAL(unlink)(name);
}

static void keep(int fd) {
    struct stat info; char name[PATH_MAX + 32], part[PATH_MAX + 40], buffer[65536], link[64];
    if (!shadow[0] || fstat(fd, &info)) return;
    snprintf(name, sizeof name, "%s/%lu", shadow, (unsigned long)info.st_ino);
    snprintf(part, sizeof part, "%s.part", name);
    int out = REAL(open)(part, O_WRONLY | O_CREAT | O_TRUNC, 0666);
    if (out < 0) return;
    if (S_ISDIR(info.st_mode)) {
        snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
        DIR *names = opendir(link);
        for (struct dirent *one; names && (one = readdir(names));) {
            struct stat what; char target[PATH_MAX] = "";
            if (!strcmp(one->d_name, ".") || !strcmp(one->d_name, "..")) continue;
            if (fstatat(fd, one->d_name, &what, AT_SYMLINK_NOFOLLOW)) continue;
            if (S_ISLNK(what.st_mode)) {
                ssize_t length = readlinkat(fd, one->d_name, target, sizeof target - 1);
                target[length < 0 ? 0 : length] = 0;
            }
            int length = snprintf(buffer, sizeof buffer, "%s\t%lu\t%c\t%s\n", one->d_name,
                (unsigned long)what.st_ino, S_ISDIR(what.st_mode) ? 'd' : S_ISLNK(what.st_mode) ? 'l' : 'f', target);
            if (REAL(write)(out, buffer, length) < 0) break;
        }
        if (names) closedir(names);
    } else {
        snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
        int in = REAL(open)(link, O_RDONLY);
        for (ssize_t got; in >= 0 && (got = read(in, buffer, sizeof buffer)) > 0;)
            if (REAL(write)(out, buffer, got) < 0) break;
        if (in >= 0) close(in);
    }
    close(out);
    REAL(rename)(part, name);
}

#define GUARD(fd, path) if (inside_at(fd, path) && step()) return -1

static int opened(int (*real)(const char *, int, ...), const char *path, int flags, mode_t mode) {
    int writes = (flags & (O_CREAT | O_TRUNC)) != 0;
    if (writes) GUARD(AT_FDCWD, path);
    int fd = real(path, flags, mode);
    if (writes && fd >= 0 && inside_at(fd, NULL)) forget(fd);
    return fd;
}

static mode_t mode_in(int flags, va_list rest) { return flags & (O_CREAT | O_TMPFILE) ? va_arg(rest, mode_t) : 0; }

#define OPENS(name) int name(const char *path, int flags, ...) { va_list rest; va_start(rest, flags); \
    mode_t mode = mode_in(flags, rest); va_end(rest); return opened(REAL(name), path, flags, mode); }
OPENS(open)
OPENS(open64)

static int opened_at(int (*real)(int, const char *, int, ...), int at_fd, const char *path, int flags, mode_t mode) {
    int writes = (flags & (O_CREAT | O_TRUNC)) != 0;
    if (writes) GUARD(at_fd, path);
    int fd = real(at_fd, path, flags, mode);
    if (writes && fd >= 0 && inside_at(fd, NULL)) forget(fd);
    return fd;
}

#define OPENS_AT(name) int name(int at_fd, const char *path, int flags, ...) { va_list rest; va_start(rest, flags); \
    mode_t mode = mode_in(flags, rest); va_end(rest); return opened_at(REAL(name), at_fd, path, flags, mode); }
OPENS_AT(openat)
OPENS_AT(openat64)

FILE *fopen(const char *path, const char *mode) {
    if (mode[0] != 'r' && inside_at(AT_FDCWD, path) && step()) return NULL;
    return REAL(fopen)(path, mode);
}
FILE *fopen64(const char *path, const char *mode) {
    if (mode[0] != 'r' && inside_at(AT_FDCWD, path) && step()) return NULL;
    return REAL(fopen64)(path, mode);
}

ssize_t write(int fd, const void *data, size_t size) { GUARD(fd, NULL); return REAL(write)(fd, data, size); }
ssize_t writev(int fd, const struct iovec *data, int count) { GUARD(fd, NULL); return REAL(writev)(fd, data, count); }
ssize_t pwrite(int fd, const void *data, size_t size, off_t place) {
    GUARD(fd, NULL); return REAL(pwrite)(fd, data, size, place);
}
ssize_t pwrite64(int fd, const void *data, size_t size, off64_t place) {
    GUARD(fd, NULL); return REAL(pwrite64)(fd, data, size, place);
}
int ftruncate(int fd, off_t size) { GUARD(fd, NULL); return REAL(ftruncate)(fd, size); }
int ftruncate64(int fd, off64_t size) { GUARD(fd, NULL); return REAL(ftruncate64)(fd, size); }
int fsync(int fd) { GUARD(fd, NULL); int done = REAL(fsync)(fd); if (inside_at(fd, NULL)) keep(fd); return done; }
int fdatasync(int fd) { GUARD(fd, NULL); int done = REAL(fdatasync)(fd); if (inside_at(fd, NULL)) keep(fd); return done; }
int rename(const char *from, const char *to) { GUARD(AT_FDCWD, to); return REAL(rename)(from, to); }
int unlink(const char *path) { GUARD(AT_FDCWD, path); return REAL(unlink)(path); }
int unlinkat(int fd, const char *path, int flags) { GUARD(fd, path); return REAL(unlinkat)(fd, path, flags); }
int rmdir(const char *path) { GUARD(AT_FDCWD, path); return REAL(rmdir)(path); }
int mkdir(const char *path, mode_t mode) {
    GUARD(AT_FDCWD, path);
    int done = REAL(mkdir)(path, mode);
    struct stat info; char name[PATH_MAX + 32];
    if (!done && shadow[0] && inside_at(AT_FDCWD, path) && !stat(path, &info)) {
        snprintf(name, sizeof name, "%s/%lu", shadow, (unsigned long)info.st_ino);
        REAL(unlink)(name);
    }
    return done;
}
int link(const char *from, const char *to) { GUARD(AT_FDCWD, to); return REAL(link)(from, to); }
int linkat(int fd, const char *from, int to_fd, const char *to, int flags) {
    GUARD(to_fd, to); return REAL(linkat)(fd, from, to_fd, to, flags);
}
int symlink(const char *target, const char *path) { GUARD(AT_FDCWD, path); return REAL(symlink)(target, path); }
