/*
 * Runs a fuzz target over the files of corpus directories (the arguments), in
 * the order of their names, without a fuzzer: a plain test.  TAP.
 */
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/err.h"
#include "base/path.h"

#define FILE_MAX	(16u << 20)

int	LLVMFuzzerTestOneInput(const uint8_t *, size_t);

static unsigned count, failed;

static int
visible(const struct dirent *e)
{
	return e->d_name[0] != '.';
}

static void
replay_file(const char *dir, const char *name)
{
	struct pd_str file = pd_path_join(dir, name), text = { 0 };
	struct pd_err err;

	/* Named first: a crash then says with which file. */
	printf("# %s\n", name);
	fflush(stdout);
	if (pd_path_read(file.s, FILE_MAX, &text, &err) == -1) {
		printf("not ok %u - %s: %s\n", ++count, name, err.msg);
		failed++;
	} else {
		LLVMFuzzerTestOneInput((const uint8_t *)text.s, text.n);
		printf("ok %u - %s\n", ++count, name);
	}
	pd_str_done(&text);
	pd_str_done(&file);
}

static void
replay_dir(const char *dir)
{
	struct dirent **list;
	int n = scandir(dir, &list, visible, alphasort);

	if (n <= 0) {
		printf("not ok %u - %s: no files\n", ++count, dir);
		failed++;
		return;
	}
	for (int i = 0; i < n; i++) {
		replay_file(dir, list[i]->d_name);
		free(list[i]);
	}
	free(list);
}

int
main(int argc, char **argv)
{
	for (int i = 1; i < argc; i++)
		replay_dir(argv[i]);
	printf("1..%u\n", count);
	return failed != 0 || count == 0;
}
