/* The one way out for a file: entered in the disclosure ledger, made with its copy number on it, saved complete or not at
 * all, plain or in an encrypted zip. */
#pragma once

#include "people/disclosure.h"
#include "report/sealed-zip.h"

G_BEGIN_DECLS

/**
 * XqMakeFile:
 * @watermark: (nullable): the line that must stand on every page; %NULL for what names nobody
 * @data: the caller's
 * @error: why it could not be made
 *
 * Returns: (transfer full): the file's bytes
 */
typedef GBytes *(*XqMakeFile) (const char *watermark, gpointer data, GError **error);

/**
 * XqHandOut:
 * @disclosure: what leaves; its file and copy number are set here
 * @person_ids: (nullable): who it speaks of
 * @n_persons: how many
 * @issuer: who hands it out, for the watermark
 * @path: where it goes
 * @passphrase: (nullable): into a zip under this, at @path
 * @inner_name: (nullable): what it is called in the zip: no name of a person; needed with @passphrase
 */
typedef struct
{
  XqDisclosure *disclosure;
  const gint64 *person_ids;
  gsize n_persons;
  const char *issuer;
  const char *path;
  XqSecret *passphrase;
  const char *inner_name;
} XqHandOut;

/* Enters, makes and saves. What could not be made or saved stays in the ledger as "was not made", with the reason. */
gboolean xq_hand_out (XqDatabase *database, const XqHandOut *out, XqMakeFile make, gpointer data, GError **error);

G_END_DECLS
