#pragma once

#include "base/error.h"

G_BEGIN_DECLS

#define XQ_ASSESS_ERROR (xq_assess_error_quark ())
GQuark xq_assess_error_quark (void);

G_END_DECLS
