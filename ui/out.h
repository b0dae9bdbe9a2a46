/*
 * The sink of a front: text to a descriptor, buffered, with colours if it is
 * given a style.
 */
#ifndef PD_UI_OUT_H
#define PD_UI_OUT_H

#include "base/str.h"
#include "cmds/sink.h"
#include "ui/theme.h"

struct pd_plain_out {
	struct pd_sink	 sink;		/* ctx is this record */
	const struct pd_style *style;	/* borrowed; NULL: no colours */
	int		 fd;
	struct pd_buf	 buf;		/* not yet written */
	int	 broken;	/* errno of a write: what comes is dropped */
	/* Takes what would be written to fd; NULL: fd does. */
	void		(*put)(void *put_ctx, const char *, size_t);
	void		*put_ctx;
};

void	pd_plain_out_init(struct pd_plain_out *, int fd);
/* Writes what is left. */
void	pd_plain_out_done(struct pd_plain_out *);
/* Tells that what is shown could not be written, by errno; not that nobody
 * reads it, which they know.  Returns the exit status. */
int	pd_out_unwritten(int why);

#endif
