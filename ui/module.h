/*
 * Why -m MODULE could not be run.
 */
#ifndef PD_UI_MODULE_H
#define PD_UI_MODULE_H

#include "base/str.h"
#include "target/target.h"

/* Asks the program's Python, started as the launch says, whether it finds the
 * module: "ImportError: No module named x", or absent if it does (or if
 * it cannot be asked).  For after a start that failed: imports parents. */
struct pd_str	pd_module_error(const struct pd_launch *, const char *module);

#endif
