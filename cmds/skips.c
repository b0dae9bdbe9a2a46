/*
 * The list of code that stepping passes over.
 *
 * The debugger owns it; the engine gets all that is enabled, whenever it
 * changes and with each fresh process.  Called by skip, info skip and the
 * session.
 */
#include <string.h>

#include "cmds/walk.h"

#define LL(x)	((unsigned long long)(x))

void
pd_skips_push(struct pd_session *s)
{
	struct pd_skips req = { 0 };
	struct pd_nothing nothing = { 0 };
	struct pd_err err;

	if (!s->alive || s->skips.n == 0)
		return;
	PD_VEC_EACH(&s->skips, struct pd_skip_entry, e)
		if (e->id != 0 && e->enabled)
			pd_rec_copy(&pd_skip_desc, PD_VEC_PUSH(&req.skips,
			    struct pd_skip), &e->skip);
	if (s->target->ops->skip(s->target, &req, &nothing, &err) < 0)
		pd_session_fail(s, &err);
	pd_rec_done(&pd_skips_desc, &req);
}

void
pd_skips_free(struct pd_session *s)
{
	PD_VEC_EACH(&s->skips, struct pd_skip_entry, e)
		pd_rec_done(&pd_skip_desc, &e->skip);
	pd_vec_done(&s->skips);
}

static void
describe(struct pd_buf *b, const struct pd_skip *k)
{
	static const char *const names[] = {
		[PD_SKIP_FUNCTION] = "function", [PD_SKIP_FILE] = "file",
		[PD_SKIP_MODULE] = "module",
		[PD_SKIP_LIBRARY] = "library code"
	};

	pd_buf_adds(b, names[k->kind]);
	if (k->text.s != NULL)
		pd_buf_addf(b, " %s", k->text.s);
	if (k->file.s != NULL)
		pd_buf_addf(b, " in %s", k->file.s);
}

enum pd_cmd_status
pd_skips_add(struct pd_session *s, enum pd_skip_kind kind, const char *text,
    const char *file)
{
	struct pd_skip_entry *e = PD_VEC_PUSH(&s->skips,
	    struct pd_skip_entry);
	struct pd_buf b = { 0 };

	e->id = s->skips.n;
	e->enabled = true;
	e->skip.kind = kind;
	e->skip.text = pd_str_from(text);
	e->skip.file = pd_str_from(file);
	pd_skips_push(s);
	describe(&b, &e->skip);
	pd_out(s->sink, PD_ROLE_TEXT, "Skip %llu: stepping passes over %s\n",
	    LL(e->id), pd_buf_c(&b));
	pd_buf_done(&b);
	return PD_CMD_STAY;
}

void
pd_skips_table(struct pd_session *s)
{
	bool any = false;

	PD_VEC_EACH(&s->skips, struct pd_skip_entry, e) {
		struct pd_buf b = { 0 };

		if (e->id == 0)
			continue;
		if (!any)
			pd_out(s->sink, PD_ROLE_TEXT, "Num Enb What\n");
		any = true;
		describe(&b, &e->skip);
		pd_out(s->sink, PD_ROLE_TEXT, "%-3llu %-3s %s\n", LL(e->id),
		    e->enabled ? "yes" : "no", pd_buf_c(&b));
		pd_buf_done(&b);
	}
	if (!any)
		pd_out(s->sink, PD_ROLE_TEXT, "Nothing is skipped.\n");
}

static void
change_one(struct pd_skip_entry *e, char what)
{
	if (what == 'd')
		e->enabled = false;
	else if (what == 'e')
		e->enabled = true;
	else
		e->id = 0;
}

enum pd_cmd_status
pd_skips_change(struct pd_session *s, char what, const char *arg)
{
	enum pd_cmd_status rc = PD_CMD_STAY;
	struct pd_vec words = { 0 };
	uint64_t n;

	pd_parse_words(arg, &words);
	if (words.n == 0)
		PD_VEC_EACH(&s->skips, struct pd_skip_entry, e)
			if (e->id != 0)
				change_one(e, what);
	PD_VEC_EACH(&words, struct pd_str, w) {
		if (!pd_count_arg(w->s, &n) || n > s->skips.n ||
		    PD_VEC_AT(&s->skips, struct pd_skip_entry, n - 1)->id
		    == 0) {
			pd_out_error(s->sink, "There is no skip %s", w->s);
			rc = PD_CMD_FAILED;
			continue;
		}
		change_one(PD_VEC_AT(&s->skips, struct pd_skip_entry, n - 1),
		    what);
	}
	pd_parse_words_done(&words);
	pd_skips_push(s);
	return rc;
}
