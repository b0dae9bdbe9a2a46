/*
 * Files of commands that are run at the first stop.
 */
#ifndef PD_UI_RC_H
#define PD_UI_RC_H

#include "base/err.h"
#include "cmds/session.h"
#include "ui/options.h"

/*
 * Queues ~/.pdbrc, ./.pdbrc and ~/.pydbgrc as far as the options allow.  A rc
 * file is code: one that others could have written is left out with a line
 * on stderr.  A file that is not there is no error.
 */
void	pd_rc_queue(struct pd_session *, const struct pd_options *);
/* Queues -c, -ex and -x as given; -1 with err: a file cannot be read. */
int	pd_rc_queue_commands(struct pd_session *, const struct pd_options *,
	    struct pd_err *);
/* May this file run, by its owner and mode?  Else why says why not. */
struct stat;
bool	pd_rc_is_safe(const struct stat *, struct pd_str *why);

#endif
