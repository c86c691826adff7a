#include "checksum.h"

#include <string.h>

static uint32_t table[256];

/* A third of a 4,080-byte chunk. The processor's instruction has a latency of three cycles and a throughput of one, so
   three lanes are taken at once and joined; joining means moving a checksum past this many bytes of zeros. */
enum { lane = 1360 };
static uint32_t past_lane[4][256];

static uint32_t times(const uint32_t matrix[32], uint32_t vector) {
  uint32_t sum = 0;
  for (int i = 0; vector; vector >>= 1, i++)
    if (vector & 1) sum ^= matrix[i];
  return sum;
}

__attribute__((constructor)) static void fill_tables(void) {
  for (uint32_t i = 0; i < 256; i++) {
    uint32_t c = i;
    for (int k = 0; k < 8; k++) c = (c & 1) ? (c >> 1) ^ 0x82F63B78u : c >> 1;
    table[i] = c;
  }
  /* Moving past zeros is linear: a matrix of bits, by squaring from one byte to a lane. */
  uint32_t step[32], all[32];
  for (int i = 0; i < 32; i++) {
    uint32_t c = 1u << i;
    step[i] = table[c & 0xFF] ^ (c >> 8);
    all[i] = c;
  }
  for (uint32_t rest = lane; rest; rest >>= 1) {
    uint32_t squared[32];
    for (int i = 0; i < 32; i++) {
      if (rest & 1) all[i] = times(step, all[i]);
      squared[i] = times(step, step[i]);
    }
    memcpy(step, squared, sizeof step);
  }
  for (int byte = 0; byte < 4; byte++)
    for (uint32_t i = 0; i < 256; i++) past_lane[byte][i] = times(all, i << (8 * byte));
}

static inline uint32_t move_past_lane(uint32_t c) {
  return past_lane[0][c & 0xFF] ^ past_lane[1][c >> 8 & 0xFF] ^ past_lane[2][c >> 16 & 0xFF] ^ past_lane[3][c >> 24];
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
  while (count >= 3 * lane) {
    uint64_t second = 0, third = 0;
    for (size_t i = 0; i < lane; i += 8) {
      uint64_t words[3];
      memcpy(&words[0], p + i, 8);
      memcpy(&words[1], p + lane + i, 8);
      memcpy(&words[2], p + 2 * lane + i, 8);
      c = __builtin_ia32_crc32di(c, words[0]);
      second = __builtin_ia32_crc32di(second, words[1]);
      third = __builtin_ia32_crc32di(third, words[2]);
    }
    c = move_past_lane(move_past_lane((uint32_t)c) ^ (uint32_t)second) ^ (uint32_t)third;
    p += 3 * lane;
    count -= 3 * lane;
  }
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
  while (count >= 3 * lane) {
    uint32_t second = 0, third = 0;
    for (size_t i = 0; i < lane; i += 8) {
      uint64_t words[3];
      memcpy(&words[0], p + i, 8);
      memcpy(&words[1], p + lane + i, 8);
      memcpy(&words[2], p + 2 * lane + i, 8);
      c = __builtin_arm_crc32cd(c, words[0]);
      second = __builtin_arm_crc32cd(second, words[1]);
      third = __builtin_arm_crc32cd(third, words[2]);
    }
    c = move_past_lane(move_past_lane(c) ^ second) ^ third;
    p += 3 * lane;
    count -= 3 * lane;
  }
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
