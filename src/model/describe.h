/*
 * For the files that describe records: a line for each member.  REC is the
 * record that is being described.
 */
#ifndef PD_MODEL_DESCRIBE_H
#define PD_MODEL_DESCRIBE_H

#include "model/field.h"

#define BOOL(k, m)	PD_FIELD(REC, k, PD_T_BOOL, m)
#define U64(k, m)	PD_FIELD(REC, k, PD_T_U64, m)
#define STR(k, m)	PD_FIELD(REC, k, PD_T_STR, m)
#define STRVEC(k, m)	PD_FIELD(REC, k, PD_T_STRVEC, m)
#define U64VEC(k, m)	PD_FIELD(REC, k, PD_T_U64VEC, m)
#define SUB(k, m, r)	PD_FIELD_OF(REC, k, PD_T_REC, m, &r##_desc)
#define VEC(k, m, r)	PD_FIELD_OF(REC, k, PD_T_VEC, m, &r##_desc)

#endif
