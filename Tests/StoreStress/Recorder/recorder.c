// Preloaded into a process that writes one store file: records what it writes and flushes, kills it between two system
// calls or in the middle of one, lets calls fail. Test tool; never part of a product.
//
// Environment: STRESS_FILE the store's path; STRESS_TRACE where to record (absent: nothing is recorded);
// STRESS_SKIP_SYNC=1 flushes nothing for real; STRESS_KILL=n dies before call n of the file (from 1) that writes or
// flushes, with STRESS_HALF=1 after half of its bytes.
//
// A trace is records of: kind 4, flags 4, offset 8, byte count 8, bytes. Kinds: 1 write (flag 1: the descriptor is
// O_DSYNC, so it is on the disk once it returns), 2 flush, 3 mark, 4 truncation to `offset`, 5 flush that failed.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

enum { DESCRIPTORS = 4096 };
enum kind { WRITE = 1, FLUSH = 2, MARK = 3, TRUNCATE = 4, FAILED_FLUSH = 5 };
enum fault_class { ON_WRITE = 1, ON_FLUSH = 2 };

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static char tracked[DESCRIPTORS];  // 0 no, 1 the store, 2 the store with O_DSYNC
static const char *file_path;
static int trace = -1, skips_sync, halves;
static long calls, kill_at;

static struct {
  enum fault_class class;
  int code, sticky, fired, armed;  // code 0: a short write
  long at, seen;
} fault;

static ssize_t (*real_write)(int, const void *, size_t);
static ssize_t (*real_pwrite)(int, const void *, size_t, off_t);
static ssize_t (*real_writev)(int, const struct iovec *, int);
static ssize_t (*real_pwritev)(int, const struct iovec *, int, off_t);
static int (*real_fsync)(int), (*real_fdatasync)(int), (*real_ftruncate)(int, off_t), (*real_close)(int);
static int (*real_open)(const char *, int, ...);

__attribute__((constructor)) static void begin(void) {
  real_write = dlsym(RTLD_NEXT, "write");
  real_pwrite = dlsym(RTLD_NEXT, "pwrite");
  real_writev = dlsym(RTLD_NEXT, "writev");
  real_pwritev = dlsym(RTLD_NEXT, "pwritev");
  real_fsync = dlsym(RTLD_NEXT, "fsync");
  real_fdatasync = dlsym(RTLD_NEXT, "fdatasync");
  real_ftruncate = dlsym(RTLD_NEXT, "ftruncate");
  real_close = dlsym(RTLD_NEXT, "close");
  real_open = dlsym(RTLD_NEXT, "open");
  file_path = getenv("STRESS_FILE");
  skips_sync = getenv("STRESS_SKIP_SYNC") != NULL;
  halves = getenv("STRESS_HALF") != NULL;
  if (getenv("STRESS_KILL")) kill_at = atol(getenv("STRESS_KILL"));
  const char *path = getenv("STRESS_TRACE");
  if (path) trace = (int)syscall(SYS_openat, AT_FDCWD, path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
}

static void put(const void *bytes, size_t count) {
  for (const char *next = bytes; count > 0;) {
    long written = syscall(SYS_write, trace, next, count);
    if (written <= 0) abort();
    next += written;
    count -= (size_t)written;
  }
}

static void record(enum kind kind, int flags, off_t offset, const struct iovec *parts, int part_count, size_t limit) {
  if (trace < 0) return;
  size_t total = 0;
  for (int i = 0; i < part_count; i++) total += parts[i].iov_len;
  if (total > limit) total = limit;
  uint32_t head[2] = {kind, (uint32_t)flags};
  uint64_t extent[2] = {(uint64_t)offset, total};
  put(head, sizeof head);
  put(extent, sizeof extent);
  for (int i = 0; i < part_count && total > 0; i++) {
    size_t count = parts[i].iov_len < total ? parts[i].iov_len : total;
    put(parts[i].iov_base, count);
    total -= count;
  }
}

static int is_tracked(int descriptor) { return descriptor >= 0 && descriptor < DESCRIPTORS && tracked[descriptor]; }

// Whether this call is to fail.
static int fails(enum fault_class class) {
  if (!fault.armed || fault.class != class || (fault.fired && !fault.sticky)) return 0;
  if (++fault.seen < fault.at) return 0;
  fault.fired = 1;
  return 1;
}

static void die(void) {
  kill(getpid(), SIGKILL);
  for (;;) pause();
}

// Writes for real, at `offset`, at most `limit` bytes.
static ssize_t write_parts(int descriptor, const struct iovec *parts, int part_count, off_t offset, size_t limit) {
  ssize_t total = 0;
  for (int i = 0; i < part_count && limit > 0; i++) {
    size_t count = parts[i].iov_len < limit ? parts[i].iov_len : limit;
    ssize_t written = real_pwrite(descriptor, parts[i].iov_base, count, offset + total);
    if (written < 0) return total > 0 ? total : written;
    total += written;
    limit -= (size_t)written;
    if ((size_t)written < count) break;
  }
  return total;
}

static ssize_t tracked_write(int descriptor, const struct iovec *parts, int part_count, off_t offset) {
  pthread_mutex_lock(&lock);
  size_t total = 0;
  for (int i = 0; i < part_count; i++) total += parts[i].iov_len;
  int dies = ++calls == kill_at;
  if (dies && !halves) die();
  size_t limit = total;
  if (fails(ON_WRITE)) {
    if (fault.code != 0) {
      errno = fault.code;
      pthread_mutex_unlock(&lock);
      return -1;
    }
    limit = total / 2;
  }
  if (dies) limit = total / 2;
  ssize_t written = write_parts(descriptor, parts, part_count, offset, limit);
  if (dies) die();
  int error = errno;
  if (written > 0) record(WRITE, tracked[descriptor] == 2, offset, parts, part_count, (size_t)written);
  pthread_mutex_unlock(&lock);
  errno = error;
  return written;
}

static int tracked_flush(int descriptor, int (*real)(int)) {
  pthread_mutex_lock(&lock);
  int dies = ++calls == kill_at;
  if (dies && !halves) die();
  int result = 0;
  if (fails(ON_FLUSH)) {
    record(FAILED_FLUSH, 0, 0, NULL, 0, 0);
    errno = fault.code;
    result = -1;
  } else {
    if (!skips_sync) result = real(descriptor);
    if (result == 0) record(FLUSH, 0, 0, NULL, 0, 0);
  }
  if (dies) die();
  int error = errno;
  pthread_mutex_unlock(&lock);
  errno = error;
  return result;
}

ssize_t pwrite(int descriptor, const void *bytes, size_t count, off_t offset) {
  if (!is_tracked(descriptor)) return real_pwrite(descriptor, bytes, count, offset);
  struct iovec part = {(void *)bytes, count};
  return tracked_write(descriptor, &part, 1, offset);
}
ssize_t pwrite64(int descriptor, const void *bytes, size_t count, off_t offset) {
  return pwrite(descriptor, bytes, count, offset);
}

// At the descriptor's own offset, which moves on.
static ssize_t sequential(int descriptor, const struct iovec *parts, int part_count) {
  off_t offset = lseek(descriptor, 0, SEEK_CUR);
  ssize_t written = tracked_write(descriptor, parts, part_count, offset);
  int error = errno;
  if (written > 0) lseek(descriptor, offset + written, SEEK_SET);
  errno = error;
  return written;
}

ssize_t write(int descriptor, const void *bytes, size_t count) {
  if (!is_tracked(descriptor)) return real_write(descriptor, bytes, count);
  struct iovec part = {(void *)bytes, count};
  return sequential(descriptor, &part, 1);
}

ssize_t writev(int descriptor, const struct iovec *parts, int count) {
  return is_tracked(descriptor) ? sequential(descriptor, parts, count) : real_writev(descriptor, parts, count);
}

ssize_t pwritev(int descriptor, const struct iovec *parts, int count, off_t offset) {
  return is_tracked(descriptor) ? tracked_write(descriptor, parts, count, offset)
                                : real_pwritev(descriptor, parts, count, offset);
}
ssize_t pwritev64(int descriptor, const struct iovec *parts, int count, off_t offset) {
  return pwritev(descriptor, parts, count, offset);
}

int fsync(int descriptor) {
  return is_tracked(descriptor) ? tracked_flush(descriptor, real_fsync) : real_fsync(descriptor);
}
int fdatasync(int descriptor) {
  return is_tracked(descriptor) ? tracked_flush(descriptor, real_fdatasync) : real_fdatasync(descriptor);
}

int ftruncate(int descriptor, off_t length) {
  if (!is_tracked(descriptor)) return real_ftruncate(descriptor, length);
  pthread_mutex_lock(&lock);
  if (++calls == kill_at) die();
  int result = real_ftruncate(descriptor, length);
  if (result == 0) record(TRUNCATE, 0, length, NULL, 0, 0);
  pthread_mutex_unlock(&lock);
  return result;
}
int ftruncate64(int descriptor, off_t length) { return ftruncate(descriptor, length); }

int close(int descriptor) {
  if (is_tracked(descriptor)) tracked[descriptor] = 0;
  return real_close(descriptor);
}

int open(const char *path, int flags, ...) {
  mode_t mode = 0;
  if (flags & (O_CREAT | O_TMPFILE)) {
    va_list list;
    va_start(list, flags);
    mode = va_arg(list, mode_t);
    va_end(list);
  }
  int is_store = file_path && strcmp(path, file_path) == 0 && (flags & O_ACCMODE) != O_RDONLY;
  int given = is_store && skips_sync ? flags & ~(O_DSYNC | O_SYNC) : flags;
  int descriptor = real_open(path, given, mode);
  if (is_store && descriptor >= 0 && descriptor < DESCRIPTORS) tracked[descriptor] = flags & (O_DSYNC | O_SYNC) ? 2 : 1;
  return descriptor;
}
int open64(const char *path, int flags, ...) {
  mode_t mode = 0;
  if (flags & (O_CREAT | O_TMPFILE)) {
    va_list list;
    va_start(list, flags);
    mode = va_arg(list, mode_t);
    va_end(list);
  }
  return open(path, flags, mode);
}

// What the process under test calls itself.

void stress_mark(const char *text) {
  pthread_mutex_lock(&lock);
  struct iovec part = {(void *)text, strlen(text)};
  record(MARK, 0, 0, &part, 1, part.iov_len);
  pthread_mutex_unlock(&lock);
}

// Fails call `at` (from 1) of `class` from now on with `code`, 0 for a short write; sticky: all from it on.
void stress_fault(int class, long at, int code, int sticky) {
  pthread_mutex_lock(&lock);
  memset(&fault, 0, sizeof fault);
  fault.class = (enum fault_class)class;
  fault.at = at;
  fault.code = code;
  fault.sticky = sticky;
  fault.armed = 1;
  pthread_mutex_unlock(&lock);
}

void stress_clear(void) {
  pthread_mutex_lock(&lock);
  fault.armed = 0;
  pthread_mutex_unlock(&lock);
}

int stress_fired(void) { return fault.fired; }
