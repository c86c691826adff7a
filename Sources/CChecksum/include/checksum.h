#ifndef ORDERBASE_CHECKSUM_H
#define ORDERBASE_CHECKSUM_H

#include <stddef.h>
#include <stdint.h>

/// CRC32C (Castagnoli, reflected, as in iSCSI and ext4) of `count` bytes, going on from `crc`; start with 0.
/// Uses the processor's CRC instructions where it has them.
uint32_t orderbase_crc32c(uint32_t crc, const void *bytes, size_t count);

/// The same without special instructions: the reference the fast form is tested against.
uint32_t orderbase_crc32c_portable(uint32_t crc, const void *bytes, size_t count);

#endif
