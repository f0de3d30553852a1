#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "sheet/sheet-private.h"

#define HEAD_BYTES 4096
/* The directory of an old container may lie anywhere; a protected workbook of more than this is told as "old". */
#define OLD_SEARCH_BYTES (64 * 1024 * 1024)

typedef struct
{
  const char *bytes;
  guint length;
  const char *message;
} Signature;

#define NOT_A_TABLE N_ ("“%s” is not a table. Choose an .xlsx or .csv file.")

static const Signature foreign[] = {
  { "%PDF", 4,
    N_ ("“%s” is a PDF, which cannot be read as a table. Ask for the .xlsx file it was made from.") },
  { "\x89PNG", 4, NOT_A_TABLE },
  { "\xff\xd8\xff", 3, NOT_A_TABLE },
  { "GIF8", 4, NOT_A_TABLE },
  { "Rar!", 4, N_ ("“%s” is an archive. Unpack it and choose the table that is in it.") },
  { "7z\xbc\xaf\x27\x1c", 6, N_ ("“%s” is an archive. Unpack it and choose the table that is in it.") },
  { "\x1f\x8b", 2, N_ ("“%s” is an archive. Unpack it and choose the table that is in it.") },
  { "SQLite format 3", 15, NOT_A_TABLE },
  { "\x7f"
    "ELF",
    4, NOT_A_TABLE },
  { "MZ\x90", 3, NOT_A_TABLE },
};

static gboolean
refuse (GError **error, const char *message, const char *name)
{
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  g_set_error (error, XQ_SHEET_ERROR, XQ_ERROR_REFUSED, message, name);
#pragma GCC diagnostic pop
  return FALSE;
}

static gboolean
fail_with_errno (GError **error, int code, const char *name)
{
  if (code == ENOENT || code == ENOTDIR)
    g_set_error (error, XQ_SHEET_ERROR, XQ_ERROR_NOT_FOUND,
                 _ ("There is no file “%s”. Check its name and whether the drive is plugged in."), name);
  else
    g_set_error (error, XQ_SHEET_ERROR, XQ_ERROR_IO, _ ("“%s” cannot be read: %s."), name,
                 g_strerror (code));
  return FALSE;
}

/* What a D0 CF 11 E0 container holds: a workbook behind a password names its stream so. */
static gboolean
holds_encrypted_package (int file)
{
  static const char wanted[] = "E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e";
  char buffer[sizeof wanted + 65536];
  gsize overlap = sizeof wanted - 1, block = sizeof buffer - sizeof wanted, kept = 0, done = 0;
  gssize got;

  if (lseek (file, 0, SEEK_SET) != 0)
    return FALSE;
  while (done < OLD_SEARCH_BYTES && (got = read (file, buffer + kept, block)) > 0)
    {
      gsize have = kept + got;

      if (memmem (buffer, have, wanted, overlap) != NULL)
        return TRUE;
      done += got;
      kept = MIN (have, overlap);
      memmove (buffer, buffer + have - kept, kept);
    }
  return FALSE;
}

static gboolean
looks_like_markup (const char *head, gsize length)
{
  static const char *const openings[]
      = { "<html", "<!doctype html", "<table", "<?xml", "<meta", "<head", "<style" };
  gsize start = 0;

  if (length >= 3 && memcmp (head, "\xef\xbb\xbf", 3) == 0)
    start = 3;
  while (start < length && g_ascii_isspace (head[start]))
    start++;
  for (gsize i = 0; i < G_N_ELEMENTS (openings); i++)
    if (length - start >= strlen (openings[i])
        && g_ascii_strncasecmp (head + start, openings[i], strlen (openings[i])) == 0)
      return TRUE;
  return FALSE;
}

static gboolean
sniff_bytes (int file, const char *head, gsize length, const char *name, XqSheetKind *ret_kind,
             GError **error)
{
  if (length == 0)
    return refuse (error, _ ("“%s” is empty (0 bytes). Copy or download it again."), name);
  if (length >= 4 && memcmp (head, "\xd0\xcf\x11\xe0", 4) == 0)
    return refuse (error,
                   holds_encrypted_package (file)
                       ? _ ("“%s” is protected with a password. Open it in Excel or WPS, remove the "
                            "password, save it and choose it again.")
                       : _ ("“%s” is in the old .xls format. Open it in Excel or WPS, choose “Save As”, "
                            "the type .xlsx, and then choose the new file."),
                   name);
  for (gsize i = 0; i < G_N_ELEMENTS (foreign); i++)
    if (length >= foreign[i].length && memcmp (head, foreign[i].bytes, foreign[i].length) == 0)
      return refuse (error, _ (foreign[i].message), name);
  if (length >= 4 && memcmp (head, "PK", 2) == 0 && (head[2] == 3 || head[2] == 5 || head[2] == 7))
    {
      *ret_kind = XQ_SHEET_KIND_PACKAGE;
      return TRUE;
    }
  if (looks_like_markup (head, length))
    return refuse (error,
                   _ ("“%s” is a web page that only calls itself a table. Open it in Excel or WPS, choose "
                      "“Save As”, the type .xlsx, and then choose the new file."),
                   name);
  *ret_kind = XQ_SHEET_KIND_TEXT;
  return TRUE;
}

gboolean
xq_sheet_sniff (const char *path, const char *name, XqSheetKind *ret_kind, GError **error)
{
  char head[HEAD_BYTES];
  struct stat facts;
  g_autofd int file = -1;
  gssize length;

  /* Looked at before it is opened: opening a pipe would wait for ever. */
  if (g_stat (path, &facts) != 0)
    return fail_with_errno (error, errno, name);
  if (S_ISDIR (facts.st_mode))
    return refuse (error, _ ("“%s” is a folder. Choose the table that is in it."), name);
  if (!S_ISREG (facts.st_mode))
    return refuse (error, _ (NOT_A_TABLE), name);
  file = g_open (path, O_RDONLY | O_CLOEXEC, 0);
  if (file < 0)
    return fail_with_errno (error, errno, name);
  length = read (file, head, sizeof head);
  if (length < 0)
    return fail_with_errno (error, errno, name);
  return sniff_bytes (file, head, length, name, ret_kind, error);
}
