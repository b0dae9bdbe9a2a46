/*
 * core/read-file: the bytes of a core, wherever they come from.
 *
 * For store.c.  A file that is compressed as a whole, or no regular file (a
 * pipe), is copied into memory that is bounded; anything that does not begin
 * as a core is refused before it is read.  Must not open anything by name but
 * what it was given.
 */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>
#include <zstd.h>

#include "base/alloc.h"
#include "core/read-room.h"

#define UNPACKED_MAX	((uint64_t)1 << 30)
#define STEP		(256u << 10)

/* Something that is being copied into memory. */
struct copy {
	int			 from;
	int			 to;
	const char		*name;
	uint64_t		 size;	/* written */
	unsigned char		*in;	/* STEP bytes each */
	unsigned char		*out;
	size_t			 have;	/* in .in */
	struct pd_err		*err;
};

static ssize_t
read_some(int fd, void *p, size_t n)
{
	ssize_t got;

	do
		got = read(fd, p, n);
	while (got == -1 && errno == EINTR);
	return got;
}

/* The next bytes of what is copied; 0 at its end. */
static ssize_t
fill(struct copy *c)
{
	ssize_t got;

	if (c->have > 0) {	/* the first, which were looked at */
		got = (ssize_t)c->have;
		c->have = 0;
		return got;
	}
	got = read_some(c->from, c->in, STEP);
	if (got == -1)
		return pd_err_set(c->err, "%s: %s", c->name, strerror(errno));
	return got;
}

static int
emit(struct copy *c, const unsigned char *p, size_t n)
{
	c->size += n;
	if (c->size > UNPACKED_MAX)
		return pd_err_set(c->err,
		    "%s: is more than 1 GB when unpacked", c->name);
	while (n > 0) {
		ssize_t put = write(c->to, p, n);

		if (put == -1 && errno == EINTR)
			continue;
		if (put <= 0)
			return pd_err_set(c->err, "%s: cannot be unpacked: %s",
			    c->name, strerror(errno));
		p += put;
		n -= (size_t)put;
	}
	return 0;
}

static int
copy_plain(struct copy *c)
{
	ssize_t n;

	while ((n = fill(c)) > 0)
		if (emit(c, c->in, (size_t)n) == -1)
			return -1;
	return n == 0 ? 0 : -1;
}

/* Damage and a cut end just end it: what was unpacked so far is a core that
 * is cut. */
static int
copy_gzip(struct copy *c)
{
	z_stream z = { 0 };
	ssize_t n = 0;
	int rc = Z_OK, result = 0;

	if (inflateInit2(&z, 16 + MAX_WBITS) != Z_OK)
		return pd_err_set(c->err, "%s: cannot be unpacked", c->name);
	while (result == 0 && rc == Z_OK && (n = fill(c)) > 0) {
		z.next_in = c->in;
		z.avail_in = (unsigned)n;
		do {
			z.next_out = c->out;
			z.avail_out = STEP;
			rc = inflate(&z, Z_NO_FLUSH);
			result = emit(c, c->out, STEP - z.avail_out);
		} while (result == 0 && rc == Z_OK && z.avail_out == 0);
		if (rc == Z_BUF_ERROR)
			rc = Z_OK;
	}
	inflateEnd(&z);
	return n == -1 ? -1 : result;
}

static int
copy_zstd(struct copy *c)
{
	ZSTD_DCtx *ctx = ZSTD_createDCtx();
	ssize_t n = 0;
	int result = 0;
	bool good = ctx != NULL;

	if (good)
		ZSTD_DCtx_setParameter(ctx, ZSTD_d_windowLogMax, 27);
	while (result == 0 && good && (n = fill(c)) > 0) {
		ZSTD_inBuffer in = { c->in, (size_t)n, 0 };
		ZSTD_outBuffer out;

		do {
			out = (ZSTD_outBuffer){ c->out, STEP, 0 };
			good = !ZSTD_isError(ZSTD_decompressStream(ctx, &out,
			    &in));
			result = emit(c, c->out, out.pos);
		} while (result == 0 && good &&
		    (in.pos < in.size || out.pos == out.size));
	}
	ZSTD_freeDCtx(ctx);
	return n == -1 ? -1 : result;
}

static const struct packing {
	const char	*magic;
	size_t		 n;
	int		(*copy)(struct copy *);
} packings[] = {
	{ PD_CORE_MAGIC, PD_CORE_MAGIC_LEN, copy_plain },
	{ "\x1f\x8b\x08", 3, copy_gzip },
	{ "\x28\xb5\x2f\xfd", 4, copy_zstd }
};

static const struct packing *
find_packing(const unsigned char *p, size_t n)
{
	for (size_t i = 0; i < sizeof(packings) / sizeof(packings[0]); i++)
		if (n >= packings[i].n &&
		    memcmp(p, packings[i].magic, packings[i].n) == 0)
			return &packings[i];
	return NULL;
}

static int
copy_into(struct copy *c, const struct packing *packing)
{
	c->out = pd_xmalloc(STEP);
	c->to = memfd_create("pydbg-core", MFD_CLOEXEC);
	if (c->to == -1) {
		free(c->out);
		return pd_err_set(c->err, "%s: cannot be unpacked: %s",
		    c->name, strerror(errno));
	}
	if (packing->copy(c) == -1) {
		close(c->to);
		c->to = -1;
	}
	free(c->out);
	return c->to;
}

int
pd_core_file_take(int fd, const char *name, int *out, uint64_t *size,
    struct pd_err *err)
{
	struct copy c = { .from = fd, .to = -1, .name = name, .err = err };
	const struct packing *packing;
	struct stat st;
	ssize_t n;

	if (fstat(fd, &st) == -1)
		return pd_err_set(err, "%s: %s", name, strerror(errno));
	if (S_ISDIR(st.st_mode))
		return pd_err_set(err, "%s: is a directory, not a core", name);
	c.in = pd_xmalloc(STEP);
	n = read_some(fd, c.in, STEP);
	if (n <= 0) {
		free(c.in);
		return n == 0 ? pd_err_set(err, "%s: is empty", name) :
		    pd_err_set(err, "%s: %s", name, strerror(errno));
	}
	packing = find_packing(c.in, (size_t)n);
	if (packing == NULL)
		pd_err_set(err, "%s: is not a core of pydbg", name);
	else if (packing->copy == copy_plain && S_ISREG(st.st_mode)) {
		*out = fd;
		*size = (uint64_t)st.st_size;
	} else {
		c.have = (size_t)n;
		*out = copy_into(&c, packing);
		*size = c.size;
		packing = *out == -1 ? NULL : packing;
		if (packing != NULL)
			close(fd);
	}
	free(c.in);
	return packing == NULL ? -1 : 0;
}

bool
pd_core_file_read(const struct pd_core_store *s, void *to, size_t n,
    uint64_t offset)
{
	char *p = to;

	if (offset > s->size || n > s->size - offset)
		return false;
	while (n > 0) {
		ssize_t got = pread(s->fd, p, n, (off_t)offset);

		if (got == -1 && errno == EINTR)
			continue;
		if (got <= 0)
			return false;
		p += got;
		n -= (size_t)got;
		offset += (uint64_t)got;
	}
	return true;
}
