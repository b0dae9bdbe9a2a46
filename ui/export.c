/*
 * --export json: a core as text for scripts and issue trackers.
 *
 * Called by main.c; there is no session.
 */
#include "ui/export.h"

#include <stdio.h>

#include "target/core.h"

int
pd_export_json(const char *file)
{
	struct pd_buf text = { 0 };
	struct pd_target *core;
	struct pd_err err;
	int code = 0;

	core = pd_target_core_new(file, &err);
	if (core == NULL || pd_target_core_json(core, &text, &err) == -1) {
		fprintf(stderr, "pydbg: %s\n", err.msg);
		code = 1;
	} else if (fwrite(pd_buf_c(&text), 1, text.n, stdout) != text.n) {
		code = 1;
	}
	pd_buf_done(&text);
	if (core != NULL)
		core->ops->close(core);
	return code;
}
