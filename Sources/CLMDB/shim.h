#include <lmdb.h>
// The Glibc module leaves it out; LMDB asks which file system a store is on.
#include <sys/statfs.h>
