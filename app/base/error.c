#include "config.h"

#include "base/error.h"

G_DEFINE_QUARK (xq-base-error-quark, xq_base_error)
