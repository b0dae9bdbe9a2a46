/*
 * A member of a zip file, for the texts of what runs from one (PEP 273).
 *
 * Called by dump-source.c.  Python's own reader of these files is Python code,
 * which a walk does not run.  The format: PKWARE's APPNOTE.TXT, 4.3; what is
 * larger than 4 GB, encrypted or packed otherwise than by deflate is not read.
 * Whatever stands in the file is checked against its length.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <zlib.h>

#include "base/alloc.h"
#include "engine/dump-room.h"

#define END_SIZE	22u		/* the end record, without comment */
#define ENTRY_SIZE	46u		/* of the directory, without names */
#define LOCAL_SIZE	30u
#define COMMENT_MAX	65535u
#define DIRECTORY_MAX	(16u << 20)	/* bytes that are looked through */

struct zip {
	int	 fd;
	uint64_t size;			/* of the file, bytes */
	uint64_t base;			/* what stands before the archive */
};

struct member {
	unsigned	 method;
	uint64_t	 packed, at;	/* bytes; of its local header */
};

static unsigned
u16(const unsigned char *p)
{
	return (unsigned)(p[0] | p[1] << 8);
}

static uint32_t
u32(const unsigned char *p)
{
	return u16(p) | (uint32_t)u16(p + 2) << 16;
}

/* Exactly that; false: it is not all there. */
static bool
read_at(const struct zip *z, void *p, uint64_t n, uint64_t at)
{
	char *to = p;

	if (at > z->size || n > z->size - at)
		return false;
	while (n > 0) {
		ssize_t got = pread(z->fd, to, n, (off_t)at);

		if (got <= 0 && !(got < 0 && errno == EINTR))
			return false;
		if (got > 0) {
			to += got;
			at += (uint64_t)got;
			n -= (uint64_t)got;
		}
	}
	return true;
}

/* The directory, owned; n its bytes. */
static unsigned char *
directory(struct zip *z, size_t *n)
{
	size_t len = z->size < END_SIZE + COMMENT_MAX ? (size_t)z->size :
	    END_SIZE + COMMENT_MAX;
	unsigned char *tail = pd_xcalloc(1, len + 1), *dir = NULL;
	uint64_t end, at;

	if (!read_at(z, tail, len, z->size - len))
		len = 0;
	for (size_t i = len; i >= END_SIZE && dir == NULL; i--) {
		const unsigned char *p = tail + i - END_SIZE;

		if (memcmp(p, "PK\5\6", 4) != 0)
			continue;
		*n = u32(p + 12);
		at = u32(p + 16);
		end = z->size - len + (i - END_SIZE);
		if (*n > DIRECTORY_MAX || *n + at > end)
			break;
		/* A program of zipapp has a line before the archive. */
		z->base = end - *n - at;
		dir = pd_xcalloc(1, *n + 1);
		if (!read_at(z, dir, *n, z->base + at)) {
			free(dir);
			break;
		}
	}
	free(tail);
	return dir;
}

static bool
find(struct zip *z, const char *name, struct member *m)
{
	size_t n = 0, len = strlen(name), next;
	unsigned char *dir = directory(z, &n);
	bool found = false;

	for (size_t i = 0; dir != NULL && !found && n - i >= ENTRY_SIZE &&
	    memcmp(dir + i, "PK\1\2", 4) == 0; i = next) {
		const unsigned char *p = dir + i;

		next = i + ENTRY_SIZE + u16(p + 28) + u16(p + 30) +
		    u16(p + 32);
		if (next > n)
			break;
		found = u16(p + 28) == len &&
		    memcmp(p + ENTRY_SIZE, name, len) == 0 &&
		    (u16(p + 8) & 1) == 0;
		*m = (struct member){ .method = u16(p + 10),
		    .packed = u32(p + 20), .at = z->base + u32(p + 42) };
	}
	free(dir);
	return found;
}

/* Appends at most max bytes of what comes out of the packed ones. */
static bool
unpack(unsigned char *p, size_t n, size_t max, struct pd_buf *out)
{
	z_stream s = { .next_in = p, .avail_in = (unsigned)n };
	unsigned char chunk[16384];
	int rc;

	if (inflateInit2(&s, -MAX_WBITS) != Z_OK)
		return false;
	do {
		size_t got;

		s.next_out = chunk;
		s.avail_out = sizeof(chunk);
		rc = inflate(&s, Z_NO_FLUSH);
		got = sizeof(chunk) - s.avail_out;
		pd_buf_add(out, (char *)chunk, got < max - out->n ? got :
		    max - out->n);
	} while (rc == Z_OK && out->n < max);
	inflateEnd(&s);
	return rc == Z_STREAM_END || out->n == max;
}

static bool
read_member(struct zip *z, const struct member *m, size_t max,
    struct pd_buf *out)
{
	unsigned char head[LOCAL_SIZE], *p;
	uint64_t at, n = m->packed;
	bool good;

	if (!read_at(z, head, sizeof(head), m->at) ||
	    memcmp(head, "PK\3\4", 4) != 0)
		return false;
	at = m->at + LOCAL_SIZE + u16(head + 26) + u16(head + 28);
	/* What is packed is hardly larger than what comes out. */
	if (n > 2 * (uint64_t)max)
		n = 2 * (uint64_t)max;
	p = pd_xcalloc(1, (size_t)n + 1);
	good = read_at(z, p, n, at);
	if (good && m->method == 0)
		pd_buf_add(out, (char *)p, n < max ? (size_t)n : max);
	else if (good)
		good = m->method == 8 && unpack(p, (size_t)n, max, out);
	free(p);
	return good;
}

bool
pd_dump_zip(const char *file, size_t max, struct pd_buf *out, struct stat *st)
{
	char *path = pd_xstrdup(file), *slash;
	struct zip z = { .fd = -1 };
	struct member m;
	bool good = false;

	/* FILE.zip/PACKAGE/MODULE.py: the file is one of what is above. */
	while ((slash = strrchr(path, '/')) != NULL && slash != path) {
		*slash = '\0';
		if (stat(path, st) == 0)
			break;
	}
	if (slash != NULL && slash != path && S_ISREG(st->st_mode))
		z.fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
	if (z.fd >= 0) {
		z.size = (uint64_t)st->st_size;
		good = find(&z, file + (slash - path) + 1, &m) &&
		    read_member(&z, &m, max, out);
		close(z.fd);
	}
	free(path);
	return good;
}
