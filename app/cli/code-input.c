#include "config.h"

#include "cli/code-input.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <unistd.h>

#include "cli/cli.h"
#include "vault/shares.h"

void
xq_code_input_clear (XqCodeInput *input)
{
  g_clear_pointer (&input->code.file, g_free);
  g_clear_pointer (&input->shares_file, g_free);
}

static gboolean
has_shares (const XqCodeInput *input)
{
  return input->by_shares || input->shares_file != NULL || xq_secret_input_is_given (&input->shares);
}

gboolean
xq_code_input_is_given (const XqCodeInput *input)
{
  return has_shares (input) || xq_secret_input_is_given (&input->code);
}

static gboolean
read_both (const XqSecretSource *source, XqSecret **ret_first, XqSecret **ret_second, GError **error)
{
  XqSecretSource second = *source;

  second.prompt = N_("Second share");
  *ret_first = xq_secret_input_read (source, error);
  *ret_second = *ret_first != NULL ? xq_secret_input_read (&second, error) : NULL;
  return *ret_second != NULL;
}

/* The two lines of a file are read through one descriptor. */
static gboolean
read_shares (const XqCodeInput *input, XqSecret **ret_first, XqSecret **ret_second, GError **error)
{
  XqSecretSource source = input->shares;
  gboolean done;

  if (input->shares_file == NULL)
    return read_both (&source, ret_first, ret_second, error);
  source.descriptor = g_open (input->shares_file, O_RDONLY | O_CLOEXEC, 0);
  if (source.descriptor < 0)
    {
      g_set_error (error, XQ_CLI_ERROR, XQ_ERROR_USAGE, _("The file of the shares, “%s”, could not be opened: %s"),
                   input->shares_file, g_strerror (errno));
      return FALSE;
    }
  done = read_both (&source, ret_first, ret_second, error);
  close (source.descriptor);
  return done;
}

gboolean
xq_code_input_read (XqCodeInput *input, XqSecret **ret_code, XqSecret **ret_first, XqSecret **ret_second, GError **error)
{
  if (has_shares (input) && xq_secret_input_is_given (&input->code))
    {
      g_set_error_literal (error, XQ_CLI_ERROR, XQ_ERROR_USAGE, _("Give the recovery code or two shares of it, not both."));
      return FALSE;
    }
  if (has_shares (input))
    return read_shares (input, ret_first, ret_second, error);
  *ret_code = xq_secret_input_read (&input->code, error);
  return *ret_code != NULL;
}

XqSecret *
xq_code_input_read_code (XqCodeInput *input, GError **error)
{
  g_autoptr (XqSecret) code = NULL;
  g_autoptr (XqSecret) first = NULL;
  g_autoptr (XqSecret) second = NULL;

  if (!xq_code_input_read (input, &code, &first, &second, error))
    return NULL;
  if (code != NULL)
    return g_steal_pointer (&code);
  return xq_shares_join ((const char *) xq_secret_bytes (first), (const char *) xq_secret_bytes (second), error);
}
