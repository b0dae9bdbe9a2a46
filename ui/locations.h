/*
 * Where pydbg's own parts are.
 */
#ifndef PD_UI_LOCATIONS_H
#define PD_UI_LOCATIONS_H

#include "base/err.h"
#include "base/str.h"

struct pd_locations {
	struct pd_str	start_so;	/* pydbg-start.so */
	struct pd_str	engine_dir;	/* where pydbg-engine-3.X.so are */
};

/*
 * Looks at $PYDBG_LIBEXEC, then beside the executable exe (absolute): the
 * build directory's ../src/start and ../src/engine, the installed tree as
 * libexec lies from bindir (so that a staged or moved tree works), last the
 * place that was configured.  -1 with err: not there.
 */
int	pd_locations_find(const char *exe, const char *env,
	    struct pd_locations *, struct pd_err *);
/* /proc/self/exe; absent if that cannot be read. */
struct pd_str	pd_locations_exe(void);
/* The way from one directory to another, both absolute: "../libexec". */
struct pd_str	pd_locations_relative(const char *from, const char *to);
void	pd_locations_done(struct pd_locations *);

#endif
