/*
 * Core files in the session, for session.h's users and the verb core.
 */
#ifndef PD_CMDS_COREFILE_H
#define PD_CMDS_COREFILE_H

#include "cmds/room.h"

/* Closes the core, if one is open: the program is what is debugged again, and
 * is not being run. */
void	pd_corefile_leave(struct pd_session *);
/* core info. */
enum pd_cmd_status	pd_corefile_info(struct pd_session *);

#endif
