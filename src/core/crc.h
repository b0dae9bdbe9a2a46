/*
 * CRC-32C (Castagnoli; RFC 3720, appendix B.4), for blocks of core files.
 */
#ifndef PD_CORE_CRC_H
#define PD_CORE_CRC_H

#include <stddef.h>
#include <stdint.h>

/* Of n bytes.  Safe in any thread once it has been called. */
uint32_t	 pd_crc32c(const void *, size_t n);

#endif
