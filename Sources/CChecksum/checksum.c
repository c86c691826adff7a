#include "checksum.h"

#include <string.h>

static uint32_t table[256];

__attribute__((constructor)) static void fill_table(void) {
  for (uint32_t i = 0; i < 256; i++) {
    uint32_t c = i;
    for (int k = 0; k < 8; k++) c = (c & 1) ? (c >> 1) ^ 0x82F63B78u : c >> 1;
    table[i] = c;
  }
}

uint32_t orderbase_crc32c_portable(uint32_t crc, const void *bytes, size_t count) {
  const uint8_t *p = bytes;
  uint32_t c = ~crc;
  while (count--) c = table[(c ^ *p++) & 0xFF] ^ (c >> 8);
  return ~c;
}

#if defined(__x86_64__)

__attribute__((target("sse4.2"))) static uint32_t crc32c_sse42(uint32_t crc, const void *bytes, size_t count) {
  const uint8_t *p = bytes;
  uint64_t c = (uint32_t)~crc;
  while (count >= 8) {
    uint64_t word;
    memcpy(&word, p, 8);
    c = __builtin_ia32_crc32di(c, word);
    p += 8;
    count -= 8;
  }
  uint32_t d = (uint32_t)c;
  while (count--) d = __builtin_ia32_crc32qi(d, *p++);
  return ~d;
}

uint32_t orderbase_crc32c(uint32_t crc, const void *bytes, size_t count) {
  if (__builtin_cpu_supports("sse4.2")) return crc32c_sse42(crc, bytes, count);
  return orderbase_crc32c_portable(crc, bytes, count);
}

#elif defined(__aarch64__) && defined(__ARM_FEATURE_CRC32)

uint32_t orderbase_crc32c(uint32_t crc, const void *bytes, size_t count) {
  const uint8_t *p = bytes;
  uint32_t c = ~crc;
  while (count >= 8) {
    uint64_t word;
    memcpy(&word, p, 8);
    c = __builtin_arm_crc32cd(c, word);
    p += 8;
    count -= 8;
  }
  while (count--) c = __builtin_arm_crc32cb(c, *p++);
  return ~c;
}

#else

uint32_t orderbase_crc32c(uint32_t crc, const void *bytes, size_t count) {
  return orderbase_crc32c_portable(crc, bytes, count);
}

#endif
