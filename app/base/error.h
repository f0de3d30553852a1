/* What can go wrong, said so that a counsellor knows what to do.
 *
 * Every room has a GError domain of its own (XQ_VAULT_ERROR, XQ_SHEET_ERROR …); the codes are shared, so
 * that a caller can tell "your input was refused" from "the disk is full" whichever room spoke.
 * Cancelling is always G_IO_ERROR_CANCELLED. Messages are translated, name the file, sheet or row they
 * are about, and say what to do next. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * XqErrorCode:
 * @XQ_ERROR_REFUSED: the input or the state does not allow it
 * @XQ_ERROR_NOT_FOUND: no such record, file or definition
 * @XQ_ERROR_USAGE: the call itself was wrong (command line)
 * @XQ_ERROR_PASSWORD: wrong password or recovery code
 * @XQ_ERROR_DAMAGED: the vault cannot be read or fails a check
 * @XQ_ERROR_IO: the disk is full, gone or read-only
 * @XQ_ERROR_BUSY: another program has the vault open
 */
typedef enum
{
  XQ_ERROR_REFUSED,
  XQ_ERROR_NOT_FOUND,
  XQ_ERROR_USAGE,
  XQ_ERROR_PASSWORD,
  XQ_ERROR_DAMAGED,
  XQ_ERROR_IO,
  XQ_ERROR_BUSY,
} XqErrorCode;

#define XQ_BASE_ERROR (xq_base_error_quark ())
GQuark xq_base_error_quark (void);

G_END_DECLS
