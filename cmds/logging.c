/*
 * `set logging`: a copy of what the debugger shows, in a file.
 *
 * Called when one of the two settings changes.  It puts a sink of its own
 * before the session's, which passes everything on.  A file that cannot be
 * written ends the logging, told once, and nothing else.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "cmds/room.h"

struct pd_logging {
	struct pd_sink	 sink;		/* what the session writes to */
	struct pd_sink	*under;		/* borrowed: the front's */
	FILE		*file;		/* owned; NULL: ended by an error */
};

static void
check(struct pd_logging *l, bool bad)
{
	static const char text[] =
	    "*** logging ends: the file cannot be written\n";

	if (!bad)
		return;
	fclose(l->file);
	l->file = NULL;
	l->under->write(l->under->ctx, PD_ROLE_ERROR, text,
	    sizeof(text) - 1);
}

static void
log_write(void *ctx, enum pd_role role, const char *p, size_t n)
{
	struct pd_logging *l = ctx;

	l->under->write(l->under->ctx, role, p, n);
	if (l->file != NULL)
		check(l, fwrite(p, 1, n, l->file) != n);
}

static void
log_flush(void *ctx)
{
	struct pd_logging *l = ctx;

	if (l->under->flush != NULL)
		l->under->flush(l->under->ctx);
	if (l->file != NULL)
		check(l, fflush(l->file) != 0);
}

void
pd_logging_end(struct pd_session *s)
{
	struct pd_logging *l = s->logging;

	if (l == NULL)
		return;
	s->sink = l->under;
	s->sink->strict = l->sink.strict;
	if (l->file != NULL)
		fclose(l->file);
	free(l);
	s->logging = NULL;
}

int
pd_logging_changed(struct pd_session *s, struct pd_err *err)
{
	const char *name = pd_str_c(&s->settings.logging_file);
	struct pd_logging *l;
	FILE *file = NULL;

	if (s->settings.logging_enabled) {
		file = fopen(name, "ae");
		if (file == NULL)
			return pd_err_set(err, "cannot write to %s: %s", name,
			    strerror(errno));
	}
	pd_logging_end(s);
	if (file == NULL)
		return 0;
	l = pd_xcalloc(1, sizeof(*l));
	l->under = s->sink;
	l->file = file;
	l->sink = (struct pd_sink){
		.write = log_write, .flush = log_flush, .ctx = l,
		.strict = s->sink->strict,
	};
	s->logging = l;
	s->sink = &l->sink;
	return 0;
}
