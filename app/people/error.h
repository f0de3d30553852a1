#pragma once

#include "base/error.h"

G_BEGIN_DECLS

#define XQ_PEOPLE_ERROR (xq_people_error_quark ())
GQuark xq_people_error_quark (void);

G_END_DECLS
