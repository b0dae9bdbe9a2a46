/*
 * What the files of the source pane share.
 */
#ifndef PD_UI_TUI_SOURCE_ROOM_H
#define PD_UI_TUI_SOURCE_ROOM_H

#include "ui/tui/doc.h"
#include "ui/tui/tui-room.h"

#define PD_SOURCE_DOCS	8	/* texts that are kept */

struct pd_source_mark {			/* a breakpoint in the file */
	uint64_t	line, id;
	char		letter;		/* B, b, C, T, P */
	unsigned	role;
};

struct pd_source_pane {
	struct pd_pane	 pane;
	struct pd_doc	 docs[PD_SOURCE_DOCS];	/* the last used first */
	size_t		 ndocs;
	struct pd_str	 file;		/* that is to be shown; absent: none */
	struct pd_doc	*doc;		/* its text; NULL: there is none */
	struct pd_scroll scroll;	/* .at: the cursor's line, from 0 */
	bool		 follow;	/* go to the frame with the next
					   fetch */
	struct pd_vec	 marks;		/* struct pd_source_mark */
	struct pd_str	 find;		/* searched for last */
	/* the selected frame */
	struct pd_str	 frame_file;	/* absent: there is none */
	uint64_t	 frame_index;
	uint64_t	 now, raised;	/* lines; 0: none */
	bool		 innermost;
};

/* Where text begins in s, n bytes; NULL: it is not there.  Small letters stand
 * for capitals too. */
const char	*pd_source_find(const char *s, size_t n, const char *text);
/* Columns before the text of a line. */
unsigned	 pd_source_gutter(const struct pd_source_pane *);
void		 pd_source_draw(struct pd_pane *, struct pd_surface *);
/* o and m. */
void		 pd_source_choose_file(struct pd_source_pane *);
void		 pd_source_choose_module(struct pd_source_pane *);

#endif
