/*
 * The target when there is no program: it can do nothing and says so.
 */
#include "base/alloc.h"
#include "target/target.h"

struct pd_target *
pd_target_none_new(void)
{
	static struct pd_target_ops ops;
	struct pd_target *t = pd_xcalloc(1, sizeof(*t));

	ops = pd_target_unsupported;
	ops.name = "none";
	t->ops = &ops;
	return t;
}
