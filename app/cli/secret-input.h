/* Passwords and recovery codes, from a descriptor, a file or a terminal; never from the command line. */
#pragma once

#include "vault/secret.h"

G_BEGIN_DECLS

/**
 * XqSecretSource:
 * @descriptor: an open file descriptor, -1 for none
 * @file: (nullable): a file whose first line it is
 * @prompt: msgid of what a terminal asks
 * @option: what to name when there is no way to ask, "--password-fd"
 */
typedef struct
{
  int descriptor;
  char *file;
  const char *prompt;
  const char *option;
} XqSecretSource;

/* Whether a descriptor or a file was named. */
gboolean xq_secret_input_is_given (const XqSecretSource *source);
/* The first line, without its end. A terminal is asked without echo. XQ_ERROR_USAGE when there is neither. */
XqSecret *xq_secret_input_read (const XqSecretSource *source, GError **error);
/* The same, asked twice on a terminal, for a new password. */
XqSecret *xq_secret_input_read_new (const XqSecretSource *source, GError **error);

G_END_DECLS
