#include "config.h"

#include "people/error.h"

G_DEFINE_QUARK (xq-people-error-quark, xq_people_error)
