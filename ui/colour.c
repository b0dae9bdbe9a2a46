/*
 * Colours that a terminal does not have.
 *
 * Called by whoever writes colours to one.  Pure.  The 256 are xterm's: the
 * sixteen, a cube of six steps each way, 24 greys.
 */
#include "ui/colour.h"

static const unsigned steps[] = { 0, 95, 135, 175, 215, 255 };

static unsigned
step_of(unsigned level)
{
	return level < 48 ? 0 : level < 115 ? 1 : (level - 35) / 40;
}

static void
parts_of(pd_colour c, unsigned rgb[3])
{
	unsigned n = c & 0xff;

	if (PD_COLOUR_IS_RGB(c)) {
		rgb[0] = c >> 16 & 0xff;
		rgb[1] = c >> 8 & 0xff;
		rgb[2] = n;
	} else if (n >= 232) {
		rgb[0] = rgb[1] = rgb[2] = 8 + 10 * (n - 232);
	} else {
		rgb[0] = steps[(n - 16) / 36];
		rgb[1] = steps[(n - 16) / 6 % 6];
		rgb[2] = steps[(n - 16) % 6];
	}
}

/* Never black: a colour was wanted, and is to be seen on black. */
static unsigned
of_16(const unsigned rgb[3])
{
	unsigned most = 0, least = 255, half;

	for (int i = 0; i < 3; i++) {
		most = rgb[i] > most ? rgb[i] : most;
		least = rgb[i] < least ? rgb[i] : least;
	}
	if (most - least < 24 || most < 64)
		return most < 150 ? 8 : most < 215 ? 7 : 15;
	half = (most + least) / 2;
	return (rgb[0] > half) + 2u * (rgb[1] > half) + 4u * (rgb[2] > half) +
	    (most > 170 ? 8 : 0);
}

unsigned
pd_colour_nearest(pd_colour c, unsigned colours)
{
	unsigned rgb[3];

	if (PD_COLOUR_IS_INDEX(c) && ((c & 0xff) < 16 || colours >= 256))
		return c & 0xff;
	parts_of(c, rgb);
	if (colours < 256)
		return of_16(rgb);
	if (rgb[0] == rgb[1] && rgb[1] == rgb[2] && rgb[0] > 8 && rgb[0] < 238)
		return 232 + (rgb[0] - 8) / 10;
	return 16 + 36 * step_of(rgb[0]) + 6 * step_of(rgb[1]) +
	    step_of(rgb[2]);
}
