/*
 * What colour the terminal's background is.
 */
#ifndef PD_UI_BACKGROUND_H
#define PD_UI_BACKGROUND_H

#include <stdbool.h>

#include "base/str.h"

enum pd_background {
	PD_BACKGROUND_UNKNOWN, PD_BACKGROUND_DARK, PD_BACKGROUND_LIGHT
};

/*
 * Asks the terminal behind fd (OSC 11) and waits for its answer for ms
 * milliseconds at most; not those that are known to have none.  What is typed
 * meanwhile is added to typed.  The terminal's modes are as before then.
 */
enum pd_background	pd_background_ask(int fd, const char *term, int ms,
			    struct pd_buf *typed);
/* Takes the answers "ESC ] 11 ; rgb:RRRR/GGGG/BBBB ESC \" and "ESC [ ? ... c"
 * out of what has come so far; true once the second has come. */
bool	 pd_background_read(struct pd_buf *, enum pd_background *);

#endif
