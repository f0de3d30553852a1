#include "config.h"

#include "assess/error.h"

G_DEFINE_QUARK (xq-assess-error-quark, xq_assess_error)
