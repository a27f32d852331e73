#pragma once

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// Takes `count` blocks of 64 bytes into the state of SHA-256, with the processor's instructions for it unless `plain` or it
/// has none. FIPS 180-4, section 6.2.2.
void ck_sha256(uint32_t state[8], const uint8_t *blocks, ptrdiff_t count, int plain);

#ifdef __cplusplus
}
#endif
