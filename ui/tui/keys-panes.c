/*
 * The rows of the key table for the panes that show data.
 *
 * Read by keys.c.
 */
#include "ui/tui/keys.h"

const struct pd_key_row pd_keys_panes[] = {
	{ .keys = NULL }
};
