/*
 * Colours and attributes as plain values.
 *
 * Shared by the theme, the terminal emulator and the full screen; who writes
 * to the terminal makes of them what it can show.
 */
#ifndef PD_UI_COLOUR_H
#define PD_UI_COLOUR_H

#include <stdint.h>

/* 0: the terminal's own; a number of the 256; or red, green and blue. */
typedef uint32_t pd_colour;

#define PD_COLOUR_DEFAULT	((pd_colour)0)
#define PD_COLOUR_INDEX(n)	((pd_colour)0x01000000u | (uint8_t)(n))
#define PD_COLOUR_RGB(r, g, b)						\
	((pd_colour)0x02000000u | (pd_colour)(uint8_t)(r) << 16 |	\
	(pd_colour)(uint8_t)(g) << 8 | (uint8_t)(b))
#define PD_COLOUR_IS_INDEX(c)	((c) >> 24 == 1)
#define PD_COLOUR_IS_RGB(c)	((c) >> 24 == 2)

/* The number of the colour that is next to it among the first 16, or 256; not
 * for the terminal's own. */
unsigned	 pd_colour_nearest(pd_colour, unsigned colours);

#define PD_ATTR_BOLD		0x01u
#define PD_ATTR_FAINT		0x02u
#define PD_ATTR_ITALIC		0x04u
#define PD_ATTR_UNDERLINE	0x08u
#define PD_ATTR_BLINK		0x10u
#define PD_ATTR_REVERSE		0x20u
#define PD_ATTR_STRIKE		0x40u

#endif
