/*
 * The texts of the files on the stacks.
 *
 * For the walk alone; see dump-room.h.  Read from the disk, or a zip file
 * there, or taken from linecache's table where the program has put one in.  A
 * loader is not asked: it would be code, and so may Python's codecs be: what is
 * no UTF-8 is read as its cookie says by libc, or else as Latin-1.
 */
#include <errno.h>
#include <fcntl.h>
#include <iconv.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/path.h"
#include "engine/cookie.h"
#include "engine/dump-room.h"

#define SOURCE_MAX	((size_t)4 << 20)	/* bytes of one file */

/* True if n bytes are UTF-8, as decoders have it. */
static bool
is_utf8(const char *s, size_t n)
{
	const unsigned char *p = (const unsigned char *)s, *end = p + n;

	while (p < end) {
		int more = *p < 0x80 ? 0 : *p >= 0xc2 && *p < 0xe0 ? 1 :
		    *p >= 0xe0 && *p < 0xf0 ? 2 : *p >= 0xf0 && *p < 0xf5 ?
		    3 : -1;

		if (more < 0 || end - p <= more)
			return false;
		for (p++; more > 0; more--, p++)
			if ((*p & 0xc0) != 0x80)
				return false;
	}
	return true;
}

/* By libc's tables: Python's codecs may be code that is not loaded yet, or the
 * program's own.  False: it has no such coding, or the bytes are not in it. */
static bool
convert(const char *coding, const char *p, size_t n, struct pd_buf *out)
{
	iconv_t cd = iconv_open("UTF-8", coding);
	char *in = (char *)(uintptr_t)p, chunk[4096], *to;
	size_t left, rc = 0;
	int why = 0;

	if (cd == (iconv_t)-1)
		return false;
	out->n = 0;
	do {
		to = chunk;
		left = sizeof(chunk);
		rc = iconv(cd, &in, &n, &to, &left);
		why = errno;
		pd_buf_add(out, chunk, sizeof(chunk) - left);
	} while (rc == (size_t)-1 && why == E2BIG);
	iconv_close(cd);
	return rc != (size_t)-1;
}

/* Python's names are others than libc's in dashes: iso8859_2, latin-2. */
static bool
convert_any(const char *coding, const char *p, size_t n, struct pd_buf *out)
{
	char dashes[64], none[64];
	size_t i = 0, k = 0;

	for (; coding[i] != '\0' && i < sizeof(dashes) - 1; i++) {
		bool sep = coding[i] == '_' || coding[i] == '-';

		dashes[i] = sep ? '-' : coding[i];
		if (!sep)
			none[k++] = coding[i];
	}
	dashes[i] = none[k] = '\0';
	return convert(coding, p, n, out) || convert(dashes, p, n, out) ||
	    convert(none, p, n, out);
}

static void
latin1(const char *p, size_t n, struct pd_buf *out)
{
	out->n = 0;
	for (size_t i = 0; i < n; i++) {
		unsigned char c = (unsigned char)p[i];

		if (c >= 0x80)
			pd_buf_addc(out, (char)(0xc0 | c >> 6));
		pd_buf_addc(out, c < 0x80 ? (char)c :
		    (char)(0x80 | (c & 0x3f)));
	}
}

/* In UTF-8, with newlines as Python reads them. */
static struct pd_str
decode(const struct pd_buf *raw)
{
	const char *p = pd_buf_c(raw);
	struct pd_buf text = { 0 };
	size_t n = raw->n;
	struct pd_str s;
	char coding[64];

	if (n >= 3 && memcmp(p, "\xef\xbb\xbf", 3) == 0) {
		p += 3;
		n -= 3;
	}
	if (is_utf8(p, n))
		pd_buf_add(&text, p, n);
	else if (!pd_cookie_find(p, n, coding) ||
	    !convert_any(coding, p, n, &text))
		latin1(p, n, &text);
	s = pd_decode_newlines(&text);
	pd_buf_done(&text);
	return s;
}

/* Of what is cut the last line goes, so that no character is. */
static void
cut_line(struct pd_buf *b)
{
	const char *nl = memrchr(b->s, '\n', b->n);

	if (nl != NULL)
		b->n = (size_t)(nl - b->s) + 1;
}

/* One byte more than is wanted tells that it is to be cut. */
static bool
read_file(const char *name, struct pd_buf *raw, struct stat *st)
{
	char chunk[65536];
	ssize_t n = 0;
	int fd;

	if (stat(name, st) < 0)
		return errno == ENOTDIR &&
		    pd_dump_zip(name, SOURCE_MAX + 1, raw, st);
	if (!S_ISREG(st->st_mode))
		return false;
	fd = open(name, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
	if (fd < 0)
		return false;
	while (raw->n <= SOURCE_MAX && ((n = read(fd, chunk, sizeof(chunk))) >
	    0 || (n < 0 && errno == EINTR)))
		if (n > 0)
			pd_buf_add(raw, chunk, (size_t)n);
	close(fd);
	return true;
}

static bool
read_disk(const char *name, struct pd_core_source *rec)
{
	struct pd_buf raw = { 0 };
	struct stat st;

	if (!read_file(name, &raw, &st)) {
		pd_buf_done(&raw);
		return false;
	}
	if (raw.n > SOURCE_MAX) {
		rec->cut = true;
		cut_line(&raw);
	}
	rec->text = decode(&raw);
	rec->mtime = (uint64_t)st.st_mtim.tv_sec * 1000000000u +
	    (uint64_t)st.st_mtim.tv_nsec;
	pd_buf_done(&raw);
	return true;
}

/* linecache.cache[name] is (size, mtime, lines, fullname). */
static bool
read_linecache(const char *name, struct pd_core_source *rec)
{
	PyObject *row = pd_dump_dict_get(pd_dump_dict_get(
	    pd_dump_module_dict("linecache"), "cache"), name), *lines;
	struct pd_buf b = { 0 };

	if (row == NULL || !PyTuple_CheckExact(row) ||
	    PyTuple_GET_SIZE(row) != 4 ||
	    !PyList_CheckExact(PyTuple_GET_ITEM(row, 2)))
		return false;
	lines = PyTuple_GET_ITEM(row, 2);
	for (Py_ssize_t i = 0; i < PyList_GET_SIZE(lines) &&
	    b.n < SOURCE_MAX; i++) {
		PyObject *line = PyList_GET_ITEM(lines, i);

		if (line != NULL && PyUnicode_CheckExact(line))
			pd_dump_text(line, SOURCE_MAX, false, &b);
	}
	rec->text = pd_buf_take(&b);
	return true;
}

static uint64_t
find(const struct pd_dumper *d, const char *name)
{
	for (size_t i = 0; i < d->files.n; i++)
		if (pd_str_eq(&PD_VEC_AT(&d->files, struct pd_core_source,
		    i)->file, name))
			return i + 1;
	return 0;
}

uint64_t
pd_dump_source(struct pd_dumper *d, PyCodeObject *code,
    const struct pd_str *file)
{
	uint64_t *at = pd_map_at(&d->sources, code->co_filename);
	struct pd_core_source rec = { 0 };
	struct pd_str typed;
	bool found;

	if (*at != 0)
		return *at == UINT64_MAX ? 0 : *at;
	*at = find(d, pd_str_c(file));
	if (*at != 0)
		return *at;
	typed = pd_dump_fsname(code->co_filename);
	found = read_linecache(pd_str_c(&typed), &rec) ||
	    (pd_str_c(file)[0] != '<' && read_disk(pd_str_c(file), &rec));
	pd_str_done(&typed);
	if (!found) {
		*at = UINT64_MAX;
		return 0;
	}
	rec.file = pd_str_dup(file);
	*PD_VEC_PUSH(&d->files, struct pd_core_source) = rec;
	return *at = d->files.n;
}
