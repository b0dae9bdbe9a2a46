/*
 * str() of what the standard library defines.
 *
 * Called by the evaluator of cores.
 */
#include "core/eval-array.h"
#include "core/eval-lib.h"

#include "base/str.h"

void
pd_known_add(struct pd_ev *ev, struct pd_ptext *t, struct pd_pv *v,
    const char *name)
{
	struct pd_pv *x = pd_obj_attr(ev, v, name);

	if (x != NULL && x->kind == PD_K_STR)
		pd_pt_add(ev, t, x->s.p, x->s.n);
	else
		pd_pt_addc(ev, t, '?');
}

static void
str_exception(struct pd_ev *ev, struct pd_ptext *t, struct pd_pv *v)
{
	struct pd_pv *args = pd_obj_attr(ev, v, "args");

	if (args == NULL || args->kind != PD_K_TUPLE)
		pd_ev_cut(ev);
	if (pd_seq_len(args) == 1 && pd_str_eq(&v->st->type->str,
	    "builtins.KeyError.__str__"))
		pd_ev_repr(ev, t, pd_seq_at(ev, args, 0));
	else if (pd_seq_len(args) == 1)
		pd_ev_str(ev, t, pd_seq_at(ev, args, 0));
	else if (pd_seq_len(args) > 0)
		pd_ev_repr(ev, t, args);
}

static void
str_oserror(struct pd_ev *ev, struct pd_ptext *t, struct pd_pv *v)
{
	struct pd_pv *number = pd_obj_attr(ev, v, "errno");
	struct pd_pv *text = pd_obj_attr(ev, v, "strerror");
	struct pd_pv *file = pd_obj_attr(ev, v, "filename");
	struct pd_pv *file2 = pd_obj_attr(ev, v, "filename2");

	if (number == NULL || text == NULL || number->kind == PD_K_NONE ||
	    text->kind == PD_K_NONE) {
		str_exception(ev, t, v);
		return;
	}
	pd_pt_adds(ev, t, "[Errno ");
	pd_ev_str(ev, t, number);
	pd_pt_adds(ev, t, "] ");
	pd_ev_str(ev, t, text);
	if (file == NULL || file->kind == PD_K_NONE)
		return;
	pd_pt_adds(ev, t, ": ");
	pd_ev_repr(ev, t, file);
	if (file2 == NULL || file2->kind == PD_K_NONE)
		return;
	pd_pt_adds(ev, t, " -> ");
	pd_ev_repr(ev, t, file2);
}

/* Of those that are an int or a str first of all: as these. */
static bool
str_mixed(struct pd_ev *ev, struct pd_ptext *t, const struct pd_pv *v,
    const char *s)
{
	if (v->kind == PD_K_STR && strcmp(s, "enum.StrEnum.__str__") == 0) {
		pd_pt_add(ev, t, v->s.p, v->s.n);
		return true;
	}
	if (v->kind != PD_K_INT || (strcmp(s, "enum.IntEnum.__str__") != 0 &&
	    strcmp(s, "enum.IntFlag.__str__") != 0))
		return false;
	if (pd_int_sign(v) < 0)
		pd_pt_addc(ev, t, '-');
	pd_int_text(ev, t, v, 10);
	return true;
}

static void
str_enum(struct pd_ev *ev, struct pd_ptext *t, struct pd_pv *v)
{
	pd_pt_addf(ev, t, "%s.", pd_pv_short_name(ev, v));
	pd_known_add(ev, t, v, "_name_");
}

bool
pd_known_str(struct pd_ev *ev, struct pd_ptext *t, struct pd_pv *v)
{
	const char *s = v->st->type != NULL ? pd_str_c(&v->st->type->str) :
	    "";
	const struct pd_plib *lib = pd_lib_of(v);

	if (lib != NULL && lib->str != NULL)
		return lib->str(ev, t, v);
	if (pd_npscalar_repr(ev, t, v, true) || (v->st->type != NULL &&
	    pd_known_lib(ev, t, v, true)))
		return true;
	switch (v->st->obj.kind) {
	case PD_CORE_NDARRAY:
	case PD_CORE_ARRAY:
	case PD_CORE_DTYPE:
		return pd_nd_repr(ev, t, v, true);
	case PD_CORE_DECIMAL:
		if (strcmp(s, "decimal.Decimal.__str__") != 0 ||
		    v->st->obj.s == NULL)
			return false;
		pd_pt_add(ev, t, v->st->obj.s, v->st->obj.n);
		return true;
	case PD_CORE_EXCEPTION:
		if (strcmp(s, "builtins.OSError.__str__") == 0)
			str_oserror(ev, t, v);
		else if (strcmp(s, "builtins.BaseException.__str__") == 0 ||
		    strcmp(s, "builtins.KeyError.__str__") == 0)
			str_exception(ev, t, v);
		else
			pd_ev_no_process(ev, s);
		return true;
	case PD_CORE_PATH:
		pd_pt_add(ev, t, v->st->obj.s != NULL ? v->st->obj.s : "",
		    v->st->obj.n);
		return true;
	case PD_CORE_PROXY:
		pd_ev_str(ev, t, pd_obj_item(ev, v, 0));
		return true;
	case PD_CORE_DATE:
	case PD_CORE_TIME:
	case PD_CORE_DATETIME:
	case PD_CORE_TIMEDELTA:
	case PD_CORE_TIMEZONE:
		return pd_str_date(ev, t, v);
	default:
		if (strcmp(s, "enum.Enum.__str__") != 0)
			return str_mixed(ev, t, v, s);
		str_enum(ev, t, v);
		return true;
	}
}
