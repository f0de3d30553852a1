/* A paper share as somebody types it: what is read is the same share again when it is written, and what is refused names a
 * line that there is; each of its lines alone is judged alike; two of them give a code or a reason. */
#include "config.h"

#include <stdint.h>

#include "vault/share-code.h"
#include "vault/shares.h"

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

static void
check_again (const XqShare *share)
{
  g_autoptr (XqSecret) written = xq_share_write (share);
  const char *text = (const char *) xq_secret_bytes (written);
  g_autoptr (XqShare) again = xq_share_read (text, NULL, NULL);
  g_autoptr (XqSecret) other = NULL;
  g_autoptr (XqSecret) code = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_nonnull (again);
  g_assert_cmpuint (again->number, ==, share->number);
  g_assert_cmpuint (again->set, ==, share->set);
  g_assert_cmpuint (again->mark, ==, share->mark);
  g_assert_cmpmem (xq_secret_bytes (share->body), xq_secret_length (share->body), xq_secret_bytes (again->body),
                   xq_secret_length (again->body));
  for (guint line = 0; line < XQ_SHARE_LINES; line++)
    {
      g_autofree char *one = g_strndup (text + line * 20, 19);

      g_assert_true (xq_share_check_line (one, line + 1, NULL));
    }
  again->number = again->number % XQ_SHARES + 1;
  other = xq_share_write (again);
  code = xq_shares_join (text, (const char *) xq_secret_bytes (other), &error);
  g_assert_true ((code == NULL) == (error != NULL));
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree char *text = g_strndup ((const char *) data, size);
  g_autoptr (GError) error = NULL;
  guint line = 99;
  g_autoptr (XqShare) share = xq_share_read (text, &line, &error);

  g_assert_true ((share == NULL) == (error != NULL));
  g_assert_cmpuint (line, <=, XQ_SHARE_LINES);
  if (share != NULL)
    check_again (share);
  return 0;
}
