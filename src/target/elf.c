/*
 * A look into an executable before it is launched.
 *
 * Called by live.c.  Reads the file and runs nothing.  What is read is not
 * trusted: every offset and size is held against the file's size, nothing is
 * allocated beyond a limit.  Structures as in elf(5) and the System V gABI.
 */
#include "target/elf.h"

#include <sys/stat.h>
#include <sys/xattr.h>

#include <elf.h>
#include <errno.h>
#include <fcntl.h>
#include <link.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/alloc.h"

typedef ElfW(Ehdr) ehdr;
typedef ElfW(Phdr) phdr;
typedef ElfW(Shdr) shdr;
typedef ElfW(Dyn) dyn;
typedef ElfW(Sym) sym;

#if __ELF_NATIVE_CLASS == 64
#define NATIVE_CLASS	ELFCLASS64
#else
#define NATIVE_CLASS	ELFCLASS32
#endif

#if defined(__x86_64__)
#define NATIVE_MACHINE	EM_X86_64
#elif defined(__aarch64__)
#define NATIVE_MACHINE	EM_AARCH64
#elif defined(__i386__)
#define NATIVE_MACHINE	EM_386
#elif defined(__arm__)
#define NATIVE_MACHINE	EM_ARM
#elif defined(__riscv)
#define NATIVE_MACHINE	EM_RISCV
#elif defined(__powerpc64__)
#define NATIVE_MACHINE	EM_PPC64
#elif defined(__s390__)
#define NATIVE_MACHINE	EM_S390
#else
#error "which ELF machine is this?"
#endif

#define TABLE_MAX	(64u << 20)	/* bytes of a table; Python's: 1 MB */

struct file {
	int		 fd;
	uint64_t	 size;
	ehdr		 eh;
	phdr		*ph;		/* owned, eh.e_phnum of them */
	char		*dynstr;	/* owned, a NUL behind dynstr_n bytes */
	size_t		 dynstr_n;
	dyn		*dyn;		/* owned */
	size_t		 ndyn;
	bool		 interp;	/* has a program interpreter */
};

/* n bytes at off as fresh memory with a NUL behind, or NULL. */
static void *
read_at(const struct file *f, uint64_t off, uint64_t n)
{
	char *p;
	size_t got = 0;

	if (n > TABLE_MAX || off > f->size || n > f->size - off)
		return NULL;
	p = pd_xmalloc((size_t)n + 1);
	while (got < n) {
		ssize_t r = pread(f->fd, p + got, (size_t)n - got,
		    (off_t)(off + got));

		if (r == -1 && errno == EINTR)
			continue;
		if (r <= 0) {
			free(p);
			return NULL;
		}
		got += (size_t)r;
	}
	p[n] = '\0';
	return p;
}

/* Where an address of the running program is in the file; false: nowhere. */
static bool
offset_of(const struct file *f, uint64_t addr, uint64_t *off)
{
	for (size_t i = 0; i < f->eh.e_phnum; i++) {
		const phdr *p = &f->ph[i];

		if (p->p_type != PT_LOAD || addr < p->p_vaddr ||
		    addr - p->p_vaddr >= p->p_filesz)
			continue;
		*off = p->p_offset + (addr - p->p_vaddr);
		return *off >= p->p_offset;	/* no overflow */
	}
	return false;
}

static uint64_t
dyn_value(const struct file *f, int64_t tag)
{
	for (size_t i = 0; i < f->ndyn && f->dyn[i].d_tag != DT_NULL; i++)
		if (f->dyn[i].d_tag == tag)
			return f->dyn[i].d_un.d_val;
	return 0;
}

/* Program headers, dynamic section and its strings.  False: damaged. */
static bool
read_tables(struct file *f)
{
	uint64_t off, n;

	if (f->eh.e_phentsize != sizeof(phdr))
		return false;
	f->ph = read_at(f, f->eh.e_phoff,
	    (uint64_t)f->eh.e_phnum * sizeof(phdr));
	if (f->ph == NULL)
		return false;
	for (size_t i = 0; i < f->eh.e_phnum; i++) {
		const phdr *p = &f->ph[i];

		if (p->p_type == PT_INTERP)
			f->interp = true;
		if (p->p_type != PT_DYNAMIC || f->dyn != NULL)
			continue;
		f->ndyn = (size_t)(p->p_filesz / sizeof(dyn));
		f->dyn = read_at(f, p->p_offset, f->ndyn * sizeof(dyn));
		if (f->dyn == NULL)
			return false;
	}
	if (f->dyn == NULL)
		return true;
	n = dyn_value(f, DT_STRSZ);
	if (!offset_of(f, dyn_value(f, DT_STRTAB), &off))
		return false;
	f->dynstr = read_at(f, off, n);
	f->dynstr_n = (size_t)n;
	return f->dynstr != NULL;
}

static const char *
dyn_string(const struct file *f, uint64_t at)
{
	return at < f->dynstr_n ? f->dynstr + at : "";
}

static bool
needs_libpython(const struct file *f)
{
	static const char lib[] = "libpython";

	for (size_t i = 0; i < f->ndyn && f->dyn[i].d_tag != DT_NULL; i++) {
		const char *s = dyn_string(f, f->dyn[i].d_un.d_val), *base;

		if (f->dyn[i].d_tag != DT_NEEDED)
			continue;
		base = strrchr(s, '/');		/* the name may be a path */
		base = base != NULL ? base + 1 : s;
		if (strncmp(base, lib, sizeof(lib) - 1) == 0)
			return true;
	}
	return false;
}

/* Without section headers (some strippers take them) a name has to do. */
static bool
has_string(const struct file *f, const char *name)
{
	size_t n = strlen(name) + 1;

	return f->dynstr_n >= n &&
	    memmem(f->dynstr, f->dynstr_n, name, n) != NULL;
}

static bool
table_defines(const struct file *f, const shdr *sh, const char *name)
{
	sym *syms = read_at(f, sh->sh_offset, sh->sh_size);
	bool found = false;

	for (size_t i = 0; syms != NULL && !found &&
	    i < sh->sh_size / sizeof(sym); i++)
		found = syms[i].st_shndx != SHN_UNDEF &&
		    strcmp(dyn_string(f, syms[i].st_name), name) == 0;
	free(syms);
	return found;
}

static bool
defines(const struct file *f, const char *name)
{
	bool found = false, seen = false;
	shdr *sh = NULL;

	if (f->dynstr == NULL || !has_string(f, name))
		return false;
	if (f->eh.e_shentsize == sizeof(shdr))
		sh = read_at(f, f->eh.e_shoff,
		    (uint64_t)f->eh.e_shnum * sizeof(shdr));
	for (size_t i = 0; sh != NULL && i < f->eh.e_shnum && !found; i++) {
		if (sh[i].sh_type != SHT_DYNSYM)
			continue;
		seen = true;
		found = table_defines(f, &sh[i], name);
	}
	free(sh);
	return found || !seen;
}

static int
judge(struct file *f, const char *path, struct pd_err *err)
{
	if (!read_tables(f))
		return pd_err_set(err, "'%s' is a damaged ELF file", path);
	if (!f->interp)
		return pd_err_set(err, "'%s' is statically linked; pydbg needs "
		    "a Python that is linked dynamically", path);
	/* Those too old for an engine pass: the handshake tells their age. */
	if (!needs_libpython(f) && !defines(f, "Py_RunMain") &&
	    !defines(f, "Py_Main"))
		return pd_err_set(err, "'%s' is no Python", path);
	return 0;
}

/* The loader of a privileged program ignores what is preloaded. */
static int
check_privileges(const struct file *f, mode_t mode, const char *path,
    struct pd_err *err)
{
	if (mode & (S_ISUID | S_ISGID))
		return pd_err_set(err, "'%s' is set-%s-id and cannot be "
		    "debugged", path, mode & S_ISUID ? "user" : "group");
	if (fgetxattr(f->fd, "security.capability", NULL, 0) > 0)
		return pd_err_set(err, "'%s' has file capabilities and cannot "
		    "be debugged", path);
	return 0;
}

static int
check_file(struct file *f, mode_t mode, const char *path, struct pd_err *err)
{
	unsigned char id[EI_NIDENT] = { 0 };
	ssize_t n = pread(f->fd, id, sizeof(id), 0);

	if (n >= 2 && id[0] == '#' && id[1] == '!')
		return 0;
	if (n < SELFMAG || memcmp(id, ELFMAG, SELFMAG) != 0)
		return pd_err_set(err, "'%s' is no Python", path);
	if (n < EI_NIDENT ||
	    (id[EI_CLASS] == NATIVE_CLASS &&
	    pread(f->fd, &f->eh, sizeof(f->eh), 0) != sizeof(f->eh)))
		return pd_err_set(err, "'%s' is a damaged ELF file", path);
	if (id[EI_CLASS] != NATIVE_CLASS ||
	    f->eh.e_machine != NATIVE_MACHINE)
		return pd_err_set(err, "'%s' is a program for another kind of "
		    "machine than pydbg", path);
	if (check_privileges(f, mode, path, err) == -1)
		return -1;
	return judge(f, path, err);
}

int
pd_elf_check(const char *path, struct pd_err *err)
{
	struct file f = { .fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK) };
	struct stat st;
	int rc;

	if (f.fd == -1 && errno == EACCES && access(path, X_OK) == 0)
		return 0;	/* may be run, not read: the start will tell */
	if (f.fd == -1)
		return pd_err_set(err, "cannot run '%s': %s", path,
		    strerror(errno));
	if (fstat(f.fd, &st) == -1 || S_ISDIR(st.st_mode))
		rc = pd_err_set(err, "cannot run '%s': it is a directory",
		    path);
	else if (!S_ISREG(st.st_mode))
		rc = pd_err_set(err, "cannot run '%s': it is no file", path);
	else if (access(path, X_OK) == -1)
		rc = pd_err_set(err, "cannot run '%s': %s", path,
		    strerror(errno));
	else {
		f.size = (uint64_t)st.st_size;
		rc = check_file(&f, st.st_mode, path, err);
	}
	close(f.fd);
	free(f.ph);
	free(f.dyn);
	free(f.dynstr);
	return rc;
}
