/*
 * target/core-data: values of a core: expressions, variables, names.
 *
 * Expressions are core/eval's; here is what commands ask of them.  What runs
 * code has no process to run it in.
 */
#include <string.h>

#include "target/core-room.h"

struct pd_core_limits
pd_core_limits_of(const struct pd_coretarget *c)
{
	return (struct pd_core_limits){ .exc = c->exc,
	    .found = c->found.v, .nfound = c->found.n };
}

struct pd_str
pd_core_type_name(struct pd_core_store *s, uint64_t type)
{
	const struct pd_core_type *t = pd_core_store_type(s, type);

	if (t == NULL)
		return pd_str_from("?");
	if (t->module.n == 0 || pd_str_eq(&t->module, "builtins"))
		return pd_str_dup(&t->qualname);
	return pd_strf("%s.%s", t->module.s, pd_str_c(&t->qualname));
}

int
pd_core_do_eval(struct pd_target *t, const struct pd_eval *req,
    struct pd_value *v, struct pd_err *err)
{
	struct pd_coretarget *c = pd_core_of(t);
	struct pd_core_limits limits = pd_core_limits_of(c);
	uint64_t frame = pd_core_frame_number(c, req->frame, err);
	int rc;

	memset(v, 0, sizeof(*v));
	if (frame == 0 && c->count > 0)
		return -1;	/* without any, there are still the builtins */
	rc = pd_core_eval(c->store, frame, req, &limits, v, err);
	pd_core_store_trim(c->store);
	return rc;
}

/* A line of Python: the value of an expression is shown, as by the display
 * hook; a statement has no process to run in. */
int
pd_core_do_exec(struct pd_target *t, const struct pd_exec *req,
    struct pd_value *v, struct pd_err *err)
{
	struct pd_check check = { .text = req->text };
	struct pd_eval eval = { .frame = req->frame, .text = req->text };
	int rc;

	memset(v, 0, sizeof(*v));
	if (pd_core_check(&check, v, err) == -1)
		return -1;
	if (v->failed) {
		pd_str_done(&v->text);
		v->text = pd_str_from("this is a core file: there is no "
		    "process to run statements in");
		return 0;
	}
	pd_rec_done(&pd_value_desc, v);
	rc = pd_core_do_eval(t, &eval, v, err);
	if (rc == 0 && !v->failed && !pd_str_eq(&v->text, "None") &&
	    t->output != NULL) {
		t->output(t->ctx, pd_str_c(&v->text), v->text.n);
		t->output(t->ctx, "\n", 1);
	}
	return rc;
}

int
pd_core_do_check(struct pd_target *t, const struct pd_check *req,
    struct pd_value *v, struct pd_err *err)
{
	(void)t;
	memset(v, 0, sizeof(*v));
	/* Statements are not run, so none is waited for. */
	return req->statement ? 0 : pd_core_check(req, v, err);
}

/* ---- variables ----------------------------------------------------------- */

struct collect {
	struct pd_coretarget		*c;
	const struct pd_vars_req	*req;
	struct pd_vec			*out;	/* struct pd_var */
	uint64_t			 args;	/* those in front */
};

/* One variable; false: there is no room for more. */
static int
add_var(struct collect *to, uint64_t at, const struct pd_core_ref *name,
    const struct pd_core_ref *value, struct pd_err *err)
{
	bool arg = at < to->args;
	struct pd_var *v;
	const char *p;
	size_t n;

	p = pd_core_ref_str(to->c->store, name, &n);
	if (p == NULL || (to->req->which == PD_VARS_ARGS && !arg) ||
	    (value->kind == PD_CORE_R_UNBOUND &&
	    to->req->which != PD_VARS_ARGS))
		return 0;
	v = PD_VEC_PUSH(to->out, struct pd_var);
	v->name = pd_str_new(p, n);
	if (value->kind == PD_CORE_R_UNBOUND) {
		v->undefined = true;
		return 0;
	}
	return pd_core_render(to->c->store, value, PD_EVAL_REPR,
	    to->req->max, to->req->depth, &v->value, err);
}

/* Of a NAMESPACE its attributes, of a DICT its items. */
static int
add_all(struct collect *to, uint64_t id, struct pd_err *err)
{
	struct pd_core_iter it;
	struct pd_core_ref name, value;
	struct pd_core_obj o;
	uint64_t at = 0;
	int rc;

	if (pd_core_store_obj(to->c->store, id, &o, err) == -1)
		return pd_err_set(err, "the variables of this frame are not "
		    "in the core");
	pd_core_iter_init(&it, &o);
	if (o.kind == PD_CORE_NAMESPACE)
		it = (struct pd_core_iter){ .refs = o.attrs,
		    .left = o.attrs.left };
	while ((rc = pd_core_iter_next(to->c->store, &it, &name, err)) == 1) {
		if (name.kind == PD_CORE_R_LEFT_OUT ||
		    (rc = pd_core_iter_next(to->c->store, &it, &value,
		    err)) != 1)
			return rc == -1 ? -1 : 0;
		if (add_var(to, at++, &name, &value, err) == -1)
			return -1;
	}
	return rc;
}

int
pd_core_do_vars(struct pd_target *t, const struct pd_vars_req *req,
    struct pd_vars *rep, struct pd_err *err)
{
	struct pd_coretarget *c = pd_core_of(t);
	uint64_t number = pd_core_frame_number(c, req->frame, err);
	struct collect to = { .c = c, .req = req, .out = &rep->vars };
	struct pd_core_frame f = { 0 };
	uint64_t id;
	int rc;

	memset(rep, 0, sizeof(*rep));
	if (number == 0 || pd_core_store_rec(c->store, PD_CORE_T_FRAME,
	    number, &pd_core_frame_desc, &f, err) == -1)
		return -1;
	to.args = f.nargs;
	id = req->which == PD_VARS_GLOBALS ? f.globals : f.vars;
	pd_rec_done(&pd_core_frame_desc, &f);
	rc = add_all(&to, id, err);
	if (rc == -1)
		pd_rec_done(&pd_vars_desc, rep);
	pd_core_store_trim(c->store);
	return rc;
}

/* ---- names --------------------------------------------------------------- */

static void
add_modules(struct pd_coretarget *c, struct pd_names *rep)
{
	uint64_t n = 0;

	while ((n = pd_core_store_next(c->store, PD_CORE_T_MODULE,
	    n + 1)) != 0) {
		struct pd_core_module m = { 0 };
		struct pd_name *to;

		if (pd_core_store_rec(c->store, PD_CORE_T_MODULE, n,
		    &pd_core_module_desc, &m, NULL) == -1)
			continue;
		to = PD_VEC_PUSH(&rep->names, struct pd_name);
		to->name = m.name;
		to->file = m.file;
		m.name = m.file = (struct pd_str){ 0 };
		pd_rec_done(&pd_core_module_desc, &m);
	}
}

static struct pd_str
text_attr(struct pd_core_store *s, const struct pd_core_obj *o,
    const char *name)
{
	struct pd_core_ref r;
	const char *p;
	size_t n;

	if (pd_core_own_attr(s, o, name, strlen(name), &r, NULL) != 1 ||
	    (p = pd_core_ref_str(s, &r, &n)) == NULL)
		return (struct pd_str){ 0 };
	return pd_str_new(p, n);
}

/* A function that is in the core; of that module, or of any if absent. */
static void
add_function(struct pd_coretarget *c, const struct pd_core_obj *f,
    const struct pd_str *module, struct pd_names *rep)
{
	struct pd_str own = text_attr(c->store, f, "__module__");
	struct pd_core_ref code, line;
	struct pd_core_obj o;
	struct pd_name *to;

	if ((module->s == NULL || pd_str_eq(&own, module->s)) &&
	    pd_core_own_attr(c->store, f, "__code__", 8, &code, NULL) == 1 &&
	    code.kind == PD_CORE_R_OBJ &&
	    pd_core_store_obj(c->store, code.id, &o, NULL) == 0) {
		to = PD_VEC_PUSH(&rep->names, struct pd_name);
		to->name = text_attr(c->store, f, "__qualname__");
		to->file = text_attr(c->store, &o, "co_filename");
		if (pd_core_own_attr(c->store, &o, "co_firstlineno", 14,
		    &line, NULL) == 1 && line.kind == PD_CORE_R_INT &&
		    line.i > 0)
			to->line = (uint64_t)line.i;
	}
	pd_str_done(&own);
}

static int
add_functions(struct pd_coretarget *c, const struct pd_str *module,
    struct pd_names *rep, struct pd_err *err)
{
	struct pd_core_scan *scan = pd_core_scan_new(c->store);
	struct pd_core_obj o;
	int rc;

	while ((rc = pd_core_scan_next(scan, &o, err)) == 1)
		if (o.kind == PD_CORE_FUNCTION)
			add_function(c, &o, module, rep);
	pd_core_scan_free(scan);
	return rc;
}

int
pd_core_do_names(struct pd_target *t, const struct pd_names_req *req,
    struct pd_names *rep, struct pd_err *err)
{
	struct pd_coretarget *c = pd_core_of(t);
	struct pd_core_frame f = { 0 };
	uint64_t number;
	int rc = 0;

	memset(rep, 0, sizeof(*rep));
	if (req->which == PD_NAMES_MODULES) {
		add_modules(c, rep);
	} else if (req->all) {
		rc = add_functions(c, &(struct pd_str){ 0 }, rep, err);
	} else {
		number = pd_core_frame_number(c, req->frame, err);
		if (number == 0 || pd_core_store_rec(c->store,
		    PD_CORE_T_FRAME, number, &pd_core_frame_desc, &f,
		    err) == -1)
			return -1;
		rc = add_functions(c, &f.module, rep, err);
		pd_rec_done(&pd_core_frame_desc, &f);
	}
	pd_core_store_trim(c->store);
	return rc;
}

int
pd_core_do_complete(struct pd_target *t, const struct pd_complete_req *req,
    struct pd_complete *rep, struct pd_err *err)
{
	struct pd_coretarget *c = pd_core_of(t);
	uint64_t frame = pd_core_frame_number(c, req->frame, err);
	struct pd_core_limits limits = pd_core_limits_of(c);
	int rc;

	memset(rep, 0, sizeof(*rep));
	if (frame == 0 && c->count > 0)
		return -1;
	rc = pd_core_complete(c->store, frame, req, &limits, rep, err);
	pd_core_store_trim(c->store);
	return rc;
}
