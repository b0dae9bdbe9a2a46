/*
 * Events: what all targets give out and their callers free.
 */
#include <string.h>

#include "target/target.h"

void
pd_event_done(struct pd_event *ev)
{
	pd_rec_done(&pd_stop_desc, &ev->stop);
	pd_rec_done(&pd_finish_desc, &ev->finish);
	pd_str_done(&ev->text);
	pd_str_done(&ev->last);
	memset(ev, 0, sizeof(*ev));
}
