/*
 * base/str, base/vec, base/err, base/log and base/alloc.
 */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/err.h"
#include "base/log.h"
#include "base/path.h"
#include "base/str.h"
#include "base/vec.h"
#include "tap.h"

static void
test_str(void)
{
	struct pd_str a = pd_str_new("a\0b", 3), b = pd_str_dup(&a);
	struct pd_str none = pd_str_from(NULL), empty = pd_str_new(NULL, 0);

	tap_is_bytes(b.s, b.n, "a\0b", 3, "a copy keeps a NUL");
	tap_ok(b.s != a.s && b.s[3] == '\0', "is its own, NUL behind it");
	tap_ok(!pd_str_eq(&a, "a"), "eq does not end at a NUL");
	tap_ok(none.s == NULL && none.n == 0, "from NULL is absent");
	tap_ok(empty.s != NULL && empty.n == 0, "no bytes are empty");
	tap_ok(pd_str_eq(&none, NULL) && !pd_str_eq(&none, "") &&
	    pd_str_eq(&empty, "") && !pd_str_eq(&empty, NULL),
	    "eq tells absent from empty");
	tap_is_str(pd_str_c(&none), "", "c of absent");
	pd_str_done(&a);
	pd_str_done(&a);
	pd_str_done(&b);
	pd_str_done(&none);
	pd_str_done(&empty);
	tap_ok(a.s == NULL, "done twice is fine");
}

static void
test_buf(void)
{
	struct pd_buf buf = { 0 };
	struct pd_str s;

	tap_is_str(pd_buf_c(&buf), "", "a fresh buffer is empty");
	pd_buf_drop(&buf, 5);
	pd_buf_reset(&buf);
	pd_buf_adds(&buf, "abc");
	pd_buf_adds(&buf, NULL);
	pd_buf_addc(&buf, '-');
	pd_buf_addf(&buf, "%d%s", 42, "x");
	tap_is_str(pd_buf_c(&buf), "abc-42x", "adds, addc, addf");
	pd_buf_drop(&buf, 4);
	tap_is_str(pd_buf_c(&buf), "42x", "drop");
	for (int i = 0; i < 1000; i++)
		pd_buf_add(&buf, "\0\1\2\3\4", 5);
	tap_is_int((intmax_t)buf.n, 5003, "grows");
	pd_buf_drop(&buf, 5003);
	tap_is_int((intmax_t)buf.n, 0, "drop all");
	s = pd_buf_take(&buf);
	tap_ok(s.s != NULL && s.n == 0 && buf.s == NULL,
	    "take of nothing is empty, not absent");
	pd_str_done(&s);
	s = pd_strf("%s%05d", "n", 7);
	tap_is_str(s.s, "n00007", "strf");
	pd_str_done(&s);
	pd_buf_done(&buf);
}

static void
test_long(void)
{
	static const struct {
		const char *text;
		bool good;
		long want;
	} rows[] = {
		{ "0", true, 0 }, { "42", true, 42 }, { "-7", true, -7 },
		{ "+7", true, 7 }, { " \t12\n", true, 12 },
		{ "007", true, 7 }, { "1_000", true, 1000 },
		{ "1__0", false, 0 }, { "_1", false, 0 }, { "1_", false, 0 },
		{ "", false, 0 }, { " ", false, 0 }, { "-", false, 0 },
		{ "- 1", false, 0 }, { "1 2", false, 0 }, { "x", false, 0 },
		{ "1x", false, 0 }, { "1.0", false, 0 }, { "0x10", false, 0 },
		{ "9223372036854775807", true, LONG_MAX },
		{ "9223372036854775808", true, LONG_MAX },
		{ "-9223372036854775808", true, LONG_MIN },
		{ "-9223372036854775807", true, -LONG_MAX },
		{ "-99999999999999999999", true, LONG_MIN },
		{ "99999999999999999999999", true, LONG_MAX }
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		long got = 0;
		bool good = pd_parse_long(rows[i].text, &got);

		if (!tap_ok(good == rows[i].good && got == rows[i].want,
		    "number %zu: '%s'", i, rows[i].text[0] == ' ' ?
		    "(blanks)" : rows[i].text))
			tap_note("got %d, %ld", good, got);
	}
	tap_ok(pd_starts("abc", "ab") && !pd_starts("a", "ab") &&
	    pd_ends("abc", "bc") && !pd_ends("c", "bc") && pd_ends("", ""),
	    "starts and ends");
}

static void
test_vec(void)
{
	struct pd_vec vec = { 0 };
	uint64_t sum = 0;

	for (uint64_t i = 0; i < 100; i++) {
		uint64_t *p = PD_VEC_PUSH(&vec, uint64_t);

		if (*p != 0)
			break;
		*p = i;
	}
	tap_is_int((intmax_t)vec.n, 100, "pushes are zeroed");
	pd_vec_remove(&vec, 0, sizeof(uint64_t));
	pd_vec_remove(&vec, 98, sizeof(uint64_t));
	pd_vec_remove(&vec, 98, sizeof(uint64_t));
	PD_VEC_EACH(&vec, uint64_t, it)
		sum += *it;
	tap_is_int((intmax_t)sum, 4950 - 99, "removes first, last, none");
	pd_vec_done(&vec);
	tap_ok(vec.v == NULL && vec.n == 0, "done");
}

static void
test_err(void)
{
	struct pd_err err = { "old" };
	char big[4000];

	memset(big, 'x', sizeof(big) - 1);
	big[sizeof(big) - 1] = '\0';
	tap_is_int(pd_err_set(&err, "new: %s", err.msg), -1, "gives -1");
	tap_is_str(err.msg, "new: old", "its text may be an argument");
	pd_err_set(&err, "%s", big);
	tap_is_int((intmax_t)strlen(err.msg), sizeof(err.msg) - 1,
	    "a long text is cut");
	tap_is_int(pd_err_set(NULL, "x"), -1, "NULL is nobody");
}

/* Runs fn in a child and gives its wait status. */
static int
in_child(void (*fn)(void))
{
	pid_t pid = fork();
	int status = -1;

	if (pid == 0) {
		int fd = open("/dev/null", O_WRONLY);
		struct rlimit none = { 0, 0 };

		dup2(fd, 2);
		setrlimit(RLIMIT_CORE, &none);
		fn();
		_exit(0);
	}
	waitpid(pid, &status, 0);
	return status;
}

static void
child_bug(void)
{
	PD_BUG("a test of %s", "bugs");
}

static void
child_bug_abort(void)
{
	pd_bug_abort(true);
	PD_BUG("a test of %s", "bugs");
}

#if !defined(__SANITIZE_ADDRESS__)
static int asked;

static bool
on_oom(size_t wanted)
{
	return ++asked < 3 && wanted > 1000;
}

static void
child_oom(void)
{
	/* Four fifths of the address space: no machine has them. */
	volatile size_t n = SIZE_MAX / 5 * 4;

	pd_oom_set(on_oom);
	free(pd_xmalloc(n));
}
#endif

static void
test_ends(void)
{
	int status;

	unsetenv("PYDBG_ABORT_ON_BUG");
	tap_is_int(in_child(child_bug), 0, "a bug lets the program run on");
	status = in_child(child_bug_abort);
	tap_ok(WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT,
	    "a bug aborts if told to");
#if defined(__SANITIZE_ADDRESS__)
	tap_skip("no memory", "the sanitizer's malloc never returns NULL");
#else
	status = in_child(child_oom);
	tap_ok(WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT,
	    "no memory ends the process");
#endif
}

static void
count_lines(const char *file, int *lines, int *whole)
{
	FILE *f = fopen(file, "r");
	char line[4096];

	*lines = *whole = 0;
	while (f != NULL && fgets(line, sizeof(line), f) != NULL) {
		long pid;
		char area[40];

		++*lines;
		*whole += sscanf(line, "%ld %39[a-z]: ", &pid, area) == 2 &&
		    pd_ends(line, "\n");
	}
	if (f != NULL)
		fclose(f);
}

static void
write_log(const char *spec)
{
	char big[4000];

	memset(big, 'x', sizeof(big) - 1);
	big[sizeof(big) - 1] = '\0';
	pd_log_open(spec);
	for (int i = 0; i < 50; i++) {
		pd_log("wire", "entry %d\nof two lines", i);
		pd_log("bp", "not asked for");
	}
	pd_log("decide", "%s", big);
}

static void
test_log(void)
{
	char file[] = "/tmp/pydbg-test-log.XXXXXX", spec[100];
	int fd = mkstemp(file), lines, whole, status;
	pid_t pid;

	close(fd);
	snprintf(spec, sizeof(spec), "wire,decide:%s", file);
	tap_ok(!pd_log_on("wire"), "off at first");
	pd_log("wire", "to nobody");
	pid = fork();
	if (pid == 0) {
		write_log(spec);
		_exit(0);
	}
	write_log(spec);
	waitpid(pid, &status, 0);
	tap_ok(pd_log_on("wire") && !pd_log_on("bp") && !pd_log_on("wir"),
	    "areas");
	count_lines(file, &lines, &whole);
	tap_is_int(lines, 102, "two processes, an entry a line");
	tap_is_int(whole, 102, "all of them whole");

	/* The program closes everything, and opens a file of its own. */
	for (fd = 3; fd < 300; fd++)
		close(fd);
	for (fd = 3; fd < 250; fd++)
		if (open("/dev/null", O_WRONLY | O_CLOEXEC) == -1)
			break;
	errno = EDOM;
	pd_log("wire", "still here");
	tap_is_int(errno, EDOM, "errno is kept");
	count_lines(file, &lines, &whole);
	tap_is_int(lines, 103, "the log survives closerange");
	pd_log_close();
	tap_ok(!pd_log_on("wire"), "closed");
	snprintf(spec, sizeof(spec), "all:%s", file);
	pd_log_open(spec);
	tap_ok(pd_log_on("anything"), "all");
	pd_log_open("wire");
	tap_ok(!pd_log_on("wire"), "a specification without a file");
	pd_log_open("wire:/nowhere/at/all");
	tap_ok(!pd_log_on("wire"), "a file that cannot be");
	pd_log_open(NULL);
	for (fd = 3; fd < 300; fd++)
		close(fd);
	unlink(file);
}

int
main(void)
{
	test_str();
	test_buf();
	test_long();
	test_vec();
	test_err();
	test_ends();
	test_log();
	return tap_done();
}
