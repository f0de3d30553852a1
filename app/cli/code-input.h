/* The recovery code, or two paper shares of it, from where secrets are read (secret-input.h). */
#pragma once

#include "cli/secret-input.h"

G_BEGIN_DECLS

/**
 * XqCodeInput:
 * @code: where the code comes from
 * @shares: where two shares come from, one a line
 * @shares_file: (nullable): a file of them
 * @by_shares: whether shares were asked for without saying where they are
 */
typedef struct
{
  XqSecretSource code;
  XqSecretSource shares;
  char *shares_file;
  gboolean by_shares;
} XqCodeInput;

#define XQ_CODE_INPUT_INIT                                                                                             \
  {                                                                                                                    \
    .code = { .descriptor = -1, .prompt = N_("Recovery code"), .option = "--code-fd N, --code-file FILE" },            \
    .shares = { .descriptor = -1, .prompt = N_("First share"), .option = "--shares-fd N, --shares-file FILE" },        \
  }

/* The options of a command that takes one of the two, among its GOptionEntry. */
#define XQ_CODE_INPUT_OPTIONS(input)                                                                                   \
  { "code-fd", 0, 0, G_OPTION_ARG_INT, &(input).code.descriptor, N_("Descriptor to read the recovery code from"), "N" }, \
  { "code-file", 0, 0, XQ_OPTION_TEXT, &(input).code.file, N_("File to read the recovery code from"), "FILE" },        \
  { "shares", 0, 0, G_OPTION_ARG_NONE, &(input).by_shares, N_("Ask for two paper shares in place of the code"), NULL }, \
  { "shares-fd", 0, 0, G_OPTION_ARG_INT, &(input).shares.descriptor, N_("Descriptor to read two shares from, one a line"), "N" }, \
  { "shares-file", 0, 0, XQ_OPTION_TEXT, &(input).shares_file, N_("File to read two shares from, one a line"), "FILE" }

void xq_code_input_clear (XqCodeInput *input);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (XqCodeInput, xq_code_input_clear)

/* Whether any of the options was said. */
gboolean xq_code_input_is_given (const XqCodeInput *input);
/* The code, or the first share and the second one; what there is not stays %NULL. (transfer full) */
gboolean xq_code_input_read (XqCodeInput *input, XqSecret **ret_code, XqSecret **ret_first, XqSecret **ret_second,
                             GError **error);
/* The code, joined where shares are given. (transfer full) */
XqSecret *xq_code_input_read_code (XqCodeInput *input, GError **error);

G_END_DECLS
