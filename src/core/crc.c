/*
 * CRC-32C by tables, eight bytes at a time.
 *
 * Called by the writer and the reader of core files, once for each block.
 */
#include "core/crc.h"

#include <stdbool.h>

#define POLY	0x82f63b78u		/* reflected */

static uint32_t table[8][256];

static void
make_table(void)
{
	for (uint32_t i = 0; i < 256; i++) {
		uint32_t c = i;

		for (int bit = 0; bit < 8; bit++)
			c = (c >> 1) ^ (c & 1 ? POLY : 0);
		table[0][i] = c;
	}
	for (int k = 1; k < 8; k++)
		for (uint32_t i = 0; i < 256; i++)
			table[k][i] = (table[k - 1][i] >> 8) ^
			    table[0][table[k - 1][i] & 0xff];
}

uint32_t
pd_crc32c(const void *data, size_t n)
{
	const unsigned char *p = data;
	uint32_t c = 0xffffffffu;

	/* Its last entry is set last and is not zero. */
	if (table[7][255] == 0)
		make_table();
	for (; n >= 8; n -= 8, p += 8) {
		c ^= (uint32_t)p[0] | (uint32_t)p[1] << 8 |
		    (uint32_t)p[2] << 16 | (uint32_t)p[3] << 24;
		c = table[7][c & 0xff] ^ table[6][c >> 8 & 0xff] ^
		    table[5][c >> 16 & 0xff] ^ table[4][c >> 24] ^
		    table[3][p[4]] ^ table[2][p[5]] ^ table[1][p[6]] ^
		    table[0][p[7]];
	}
	for (; n > 0; n--, p++)
		c = (c >> 8) ^ table[0][(c ^ *p) & 0xff];
	return c ^ 0xffffffffu;
}
