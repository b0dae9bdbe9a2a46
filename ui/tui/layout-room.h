/*
 * What the files of layouts share.
 */
#ifndef PD_UI_TUI_LAYOUT_ROOM_H
#define PD_UI_TUI_LAYOUT_ROOM_H

#include "ui/tui/layout.h"

/* A pane, or a group of them if it has children. */
struct pd_layout_node {
	struct pd_str		 name;		/* of a pane */
	bool			 horizontal;	/* side by side */
	long			 weight;
	struct pd_layout_node	*parent;
	struct pd_layout_node	*child;		/* owned */
	size_t			 n;		/* children */
	/* as it was solved last */
	struct pd_layout_need	 need;
	struct pd_box		 box;		/* rows 0: left out */
	unsigned		 size;		/* along its parent's way */
};

struct pd_layout {
	struct pd_layout_node	 root;
	struct pd_layout_node	**pane;		/* owned list, in order */
	size_t			 n;
};

#endif
