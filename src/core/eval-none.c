/*
 * core/eval-none: in place of the evaluator until it is built in.
 *
 * Whoever adds the evaluator's files to meson.build takes this one out.
 */
#include "core/eval.h"

static int
none(struct pd_value *v)
{
	v->failed = true;
	v->text = pd_str_from("there is no evaluator in this build");
	return 0;
}

int
pd_core_eval(struct pd_core_store *s, uint64_t frame,
    const struct pd_eval *req, const struct pd_core_limits *limits,
    struct pd_value *v, struct pd_err *err)
{
	return none(v);
}

int
pd_core_eval_ref(struct pd_core_store *s, uint64_t frame,
    const struct pd_str *text, const struct pd_core_limits *limits,
    struct pd_core_ref *out, struct pd_value *v, struct pd_err *err)
{
	return none(v);
}

int
pd_core_render(struct pd_core_store *s, const struct pd_core_ref *r,
    uint64_t style, uint64_t max, uint64_t depth, struct pd_value *v,
    struct pd_err *err)
{
	return none(v);
}

int
pd_core_check(const struct pd_check *req, struct pd_value *v,
    struct pd_err *err)
{
	return 0;
}

struct pd_core_cond *
pd_core_cond_new(struct pd_core_store *s, uint64_t frame,
    const struct pd_str *text, struct pd_value *why)
{
	none(why);
	return NULL;
}

int
pd_core_cond_test(struct pd_core_cond *c, const struct pd_core_ref *r,
    struct pd_value *why)
{
	none(why);
	return -1;
}

void
pd_core_cond_free(struct pd_core_cond *c)
{
}

int
pd_core_complete(struct pd_core_store *s, uint64_t frame,
    const struct pd_complete_req *req, struct pd_complete *rep,
    struct pd_err *err)
{
	return 0;
}
