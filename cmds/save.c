/*
 * Breakpoints as commands in a file, and files of commands.
 *
 * What is saved is what a user would type, so that `source`, -x and a rc file
 * bring it back.  Called by save and source.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/path.h"
#include "cmds/walk.h"

#define LL(x)	((unsigned long long)(x))
#define FILE_MAX	(8u << 20)

/* The numbers that they will have depend on what is there already. */
static void
write_bp(FILE *f, const struct pd_bp *bp,
    const struct pd_cmdlist *list)
{
	fprintf(f, "%s %s:", bp->print.s != NULL ? "dprintf" :
	    bp->temporary ? "tbreak" : "break", pd_str_c(&bp->file));
	if (bp->qualname.n > 0 && strchr(bp->qualname.s, '<') == NULL)
		fprintf(f, "%s", bp->qualname.s);
	else
		fprintf(f, "%llu", LL(bp->line));
	if (bp->print.s != NULL)
		fprintf(f, ",%s", bp->print.s);
	else if (bp->thread != 0)
		fprintf(f, " thread %llu", LL(bp->thread));
	if (bp->print.s == NULL && bp->cond.n > 0)
		fprintf(f, " if %s", bp->cond.s);
	fputc('\n', f);
	if (bp->print.s != NULL && bp->cond.n > 0)
		fprintf(f, "condition $bpnum %s\n", bp->cond.s);
	if (bp->ignore > 0)
		fprintf(f, "ignore $bpnum %llu\n", LL(bp->ignore));
	if (!bp->enabled)
		fprintf(f, "disable $bpnum\n");
	else if (bp->once)
		fprintf(f, "enable once $bpnum\n");
	if (list == NULL)
		return;
	fprintf(f, "commands\n%s", list->silent ? "silent\n" : "");
	PD_VEC_EACH(&list->lines, struct pd_cmdline, c)
		fprintf(f, "%s\n", pd_str_c(&c->text));
	if (!list->resumes)
		fputs("end\n", f);
}

int
pd_save_breakpoints(struct pd_session *s, const char *file, uint64_t *count,
    struct pd_err *err)
{
	struct pd_str name = pd_path_abs(file, NULL);
	struct pd_str temp = pd_strf("%s.%d", name.s, (int)getpid());
	FILE *f = fopen(temp.s, "wx");
	int rc = 0;

	*count = 0;
	if (f == NULL)
		rc = pd_err_set(err, "cannot write '%s': %s", file,
		    strerror(errno));
	PD_VEC_EACH(&s->bps, struct pd_bp, bp)
		if (rc == 0 && bp->id != 0) {
			write_bp(f, bp, pd_cmdlist_of(s, bp->id));
			++*count;
		}
	if (f != NULL && (fflush(f) != 0 || fsync(fileno(f)) != 0)) {
		rc = pd_err_set(err, "cannot write '%s': %s", file,
		    strerror(errno));
	}
	if (f != NULL)
		fclose(f);
	if (rc == 0 && rename(temp.s, name.s) < 0)
		rc = pd_err_set(err, "cannot write '%s': %s", file,
		    strerror(errno));
	if (rc < 0 && f != NULL)
		unlink(temp.s);
	pd_str_done(&temp);
	pd_str_done(&name);
	return rc;
}

/* In the order of the file, in front of what was queued before. */
static void
queue_text(struct pd_session *s, char *text, const char *file)
{
	size_t before = s->queue.n, added;
	struct pd_vec old = { 0 };
	unsigned long line = 0;
	char *nl;

	for (; text != NULL; text = nl) {
		struct pd_str from = pd_strf("%s:%lu", file, ++line);

		nl = strchr(text, '\n');
		if (nl != NULL)
			*nl++ = '\0';
		pd_session_queue(s, text, from.s);
		pd_str_done(&from);
	}
	added = s->queue.n - before;
	for (size_t i = 0; i < before; i++)
		*PD_VEC_PUSH(&old, struct pd_qline) =
		    *PD_VEC_AT(&s->queue, struct pd_qline, i);
	if (before == 0 || added == 0) {
		pd_vec_done(&old);
		return;
	}
	memmove(s->queue.v, PD_VEC_AT(&s->queue, struct pd_qline, before),
	    added * sizeof(struct pd_qline));
	memcpy(PD_VEC_AT(&s->queue, struct pd_qline, added), old.v,
	    before * sizeof(struct pd_qline));
	pd_vec_done(&old);
}

enum pd_cmd_status
pd_save_source(struct pd_session *s, const char *file)
{
	struct pd_str text = { 0 };
	struct pd_err err;

	if (pd_path_read(file, FILE_MAX, &text, &err) < 0)
		return pd_session_fail(s, &err);
	if (memchr(pd_str_c(&text), '\0', text.n) != NULL) {
		pd_out_error(s->sink, "'%s' is no file of commands", file);
		pd_str_done(&text);
		return PD_CMD_FAILED;
	}
	if (text.n > 0)
		queue_text(s, text.s, file);
	pd_str_done(&text);
	return PD_CMD_STAY;
}
