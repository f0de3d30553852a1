/* Files that leave the office in a locked bag: a zip under AES-256, which 7-Zip, WPS and the desktops' archivers open with
 * the passphrase that was told by other means. */
#pragma once

#include "report/model.h"
#include "vault/secret.h"

G_BEGIN_DECLS

/* A few characters would be tried through in minutes: whoever has the zip may try as often as he likes. */
#define XQ_SEALED_ZIP_LEAST_CHARACTERS 8

/**
 * XqSealedFile:
 * @name: as it stands in the zip, where everybody can read it without the passphrase: no name of a person
 * @bytes: what is in it
 */
typedef struct
{
  const char *name;
  GBytes *bytes;
} XqSealedFile;

/**
 * xq_sealed_zip_write:
 * @path: the .zip to write; it appears complete or not at all
 * @files: what goes into it
 * @n_files: how many
 * @passphrase: at least %XQ_SEALED_ZIP_LEAST_CHARACTERS characters
 * @error: XQ_REPORT_ERROR: XQ_ERROR_REFUSED for a short passphrase, XQ_ERROR_IO when it cannot be written
 *
 * Encrypted by WinZip's AE-2 with AES-256 (libzip). Nothing is written in plain on any disk.
 */
gboolean xq_sealed_zip_write (const char *path, const XqSealedFile *files, gsize n_files, XqSecret *passphrase,
                              GError **error);

/* A passphrase of some 58 random bits that can be told on the telephone: "k7m2-9xqd-4tnp". (transfer full) */
XqSecret *xq_sealed_zip_suggest (void);

G_END_DECLS
