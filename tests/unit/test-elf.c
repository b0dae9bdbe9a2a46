/*
 * What may be launched: files of every kind, and damaged ones.
 */
#include <sys/stat.h>
#include <sys/wait.h>

#include <elf.h>
#include <fcntl.h>
#include <link.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/path.h"
#include "base/str.h"
#include "target/elf.h"
#include "tap.h"

static char dir[] = "/tmp/pydbg-test-elf-XXXXXX";

static struct pd_str
make(const char *name, const void *bytes, size_t n, mode_t mode)
{
	struct pd_str p = pd_strf("%s/%s", dir, name);
	int fd;

	unlink(p.s);
	fd = open(p.s, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0700);
	if (fd == -1 || write(fd, bytes, n) != (ssize_t)n)
		tap_note("cannot write %s", p.s);
	close(fd);
	chmod(p.s, mode);
	return p;
}

/* want: a piece of the error, or NULL for "fine". */
static void
check(const char *path, const char *want, const char *name)
{
	struct pd_err err = { "" };
	int rc = pd_elf_check(path, &err);

	if (!tap_ok(want == NULL ? rc == 0 : rc == -1 &&
	    strstr(err.msg, want) != NULL && strstr(err.msg, path) != NULL,
	    "%s", name))
		tap_note("got %d %s", rc, err.msg);
}

static void
check_bytes(const void *bytes, size_t n, mode_t mode, const char *want,
    const char *name)
{
	struct pd_str p = make("file", bytes, n, mode);

	check(p.s, want, name);
	unlink(p.s);
	pd_str_done(&p);
}

static void
test_kinds(void)
{
	static const char script[] = "#!/bin/sh\n", text[] = "print(1)\n";

	check("/nonexistent/python", "No such file", "not there");
	check("/", "a directory", "a directory");
	check("/dev/null", "no file", "a device");
	check_bytes(script, sizeof(script) - 1, 0755, NULL, "a script");
	check_bytes(script, sizeof(script) - 1, 0644, "ermission denied",
	    "a script that is not executable");
	check_bytes(text, sizeof(text) - 1, 0755, "no Python", "a text");
	check_bytes("", 0, 0755, "no Python", "an empty file");
	check_bytes("#", 1, 0755, "no Python", "one byte");
	check_bytes(ELFMAG, SELFMAG, 0755, "damaged", "four bytes of ELF");
	check("/proc/self/exe", "no Python", "this test");
}

/* A whole ELF file of our own: a string table that says what it is. */
struct image {
	ElfW(Ehdr)	eh;
	ElfW(Phdr)	ph[3];
	ElfW(Dyn)	dyn[5];
	ElfW(Sym)	sym[2];
	ElfW(Shdr)	sh[2];
	char		str[64];
};

static void
init_image(struct image *im, const char *needed, const char *symbol)
{
	struct pd_str self = { 0 };
	struct pd_err err;
	size_t at = 1 + strlen(needed) + 1;

	memset(im, 0, sizeof(*im));
	/* Class, byte order and machine are this program's. */
	if (pd_path_read("/proc/self/exe", 1 << 28, &self, &err) == 0)
		memcpy(&im->eh, self.s, sizeof(im->eh));
	pd_str_done(&self);
	im->eh.e_phoff = offsetof(struct image, ph);
	im->eh.e_phnum = 3;
	im->eh.e_shoff = offsetof(struct image, sh);
	im->eh.e_shnum = 2;
	im->ph[0].p_type = PT_LOAD;
	im->ph[0].p_filesz = sizeof(*im);
	im->ph[0].p_vaddr = 0x1000;
	im->ph[1].p_type = PT_INTERP;
	im->ph[2].p_type = PT_DYNAMIC;
	im->ph[2].p_offset = offsetof(struct image, dyn);
	im->ph[2].p_filesz = sizeof(im->dyn);
	strcpy(im->str + 1, needed);
	strcpy(im->str + at, symbol);
	im->dyn[0].d_tag = DT_NEEDED;
	im->dyn[0].d_un.d_val = 1;
	im->dyn[1].d_tag = DT_STRTAB;
	im->dyn[1].d_un.d_val = 0x1000 + offsetof(struct image, str);
	im->dyn[2].d_tag = DT_STRSZ;
	im->dyn[2].d_un.d_val = sizeof(im->str);
	im->sh[1].sh_type = SHT_DYNSYM;
	im->sh[1].sh_offset = offsetof(struct image, sym);
	im->sh[1].sh_size = sizeof(im->sym);
	im->sym[1].st_name = (ElfW(Word))at;
	im->sym[1].st_shndx = 7;
}

static void
check_image(const struct image *im, const char *want, const char *name)
{
	check_bytes(im, sizeof(*im), 0755, want, name);
}

static void
test_images(void)
{
	struct image im;

	init_image(&im, "libpython3.12.so.1.0", "main");
	check_image(&im, NULL, "needs libpython3");
	check_bytes(&im, sizeof(im), 04755, "set-user-id", "set-user-id");
	im.ph[1].p_type = PT_NULL;
	check_image(&im, "statically linked", "no interpreter");
	init_image(&im, "libc.so.6", "Py_RunMain");
	check_image(&im, NULL, "defines Py_RunMain");
	im.sym[1].st_shndx = SHN_UNDEF;
	check_image(&im, "no Python", "needs Py_RunMain");
	im.eh.e_shnum = 0;
	check_image(&im, NULL, "without sections its name will do");
	init_image(&im, "libc.so.6", "Py_RunMainly");
	check_image(&im, "no Python", "another name");
	im.eh.e_machine ^= 1;
	check_image(&im, "another kind of machine", "another machine");
}

/* Every byte in turn becomes something else; nothing may crash or hang. */
static void
test_damage(void)
{
	static const unsigned char values[] = { 0, 1, 0x7f, 0x80, 0xff };
	struct pd_str p = { 0 };
	struct image im;
	size_t runs = 0;

	for (size_t i = 0; i < sizeof(im); i++)
		for (size_t v = 0; v < sizeof(values); v++) {
			struct pd_err err;

			init_image(&im, "libc.so.6", "Py_RunMain");
			((unsigned char *)&im)[i] = values[v];
			p = make("damaged", &im, sizeof(im), 0755);
			runs += pd_elf_check(p.s, &err) <= 0;
			pd_str_done(&p);
		}
	tap_is_int((intmax_t)runs, (intmax_t)(sizeof(im) * sizeof(values)),
	    "any byte may be anything");
	init_image(&im, "libc.so.6", "Py_RunMain");
	for (runs = 0; runs < sizeof(im); runs++) {
		struct pd_err err;

		p = make("cut", &im, runs, 0755);
		if (pd_elf_check(p.s, &err) == 0 &&
		    runs < offsetof(struct image, str))
			tap_ok(false, "cut at %zu is taken for a Python", runs);
		pd_str_done(&p);
	}
	tap_ok(true, "it may end anywhere");
	p = pd_strf("%s/damaged", dir);
	unlink(p.s);
	pd_str_done(&p);
	p = pd_strf("%s/cut", dir);
	unlink(p.s);
	pd_str_done(&p);
}

int
main(void)
{
	if (mkdtemp(dir) == NULL)
		return 1;
	test_kinds();
	test_images();
	test_damage();
	rmdir(dir);
	return tap_done();
}
