#include "config.h"

#include "cli/secret-input.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "cli/cli.h"

#define SECRET_MAXIMUM 1024

/* Byte by byte: a password and a new password may follow each other on one descriptor. */
static XqSecret *
read_line (int descriptor, GError **error)
{
  g_autoptr (XqSecret) buffer = xq_secret_new (SECRET_MAXIMUM + 1);
  char *text = (char *) xq_secret_bytes (buffer);
  gsize length = 0;

  for (;;)
    {
      gssize got = read (descriptor, text + length, 1);

      if (got < 0 && errno == EINTR)
        continue;
      if (got < 0)
        {
          g_set_error (error, XQ_CLI_ERROR, XQ_ERROR_IO, _("The password could not be read: %s"), g_strerror (errno));
          return NULL;
        }
      if (got == 0 || text[length] == '\n')
        break;
      if (++length > SECRET_MAXIMUM)
        {
          g_set_error (error, XQ_CLI_ERROR, XQ_ERROR_USAGE, _("A password has at most %d bytes."), SECRET_MAXIMUM);
          return NULL;
        }
    }
  if (length > 0 && text[length - 1] == '\r')
    length--;
  text[length] = '\0';
  return xq_secret_new_text (text);
}

static XqSecret *
read_file (const char *path, GError **error)
{
  int descriptor = g_open (path, O_RDONLY | O_CLOEXEC, 0);
  g_autoptr (XqSecret) secret = NULL;

  if (descriptor < 0)
    {
      g_set_error (error, XQ_CLI_ERROR, XQ_ERROR_USAGE, _("The password file “%s” could not be opened: %s"), path,
                   g_strerror (errno));
      return NULL;
    }
  secret = read_line (descriptor, error);
  close (descriptor);
  return g_steal_pointer (&secret);
}

static void
say (int terminal, const char *text)
{
  if (write (terminal, text, strlen (text)) < 0)
    return;
}

/* Signals wait until the terminal shows again what is typed. */
static XqSecret *
ask (int terminal, const char *prompt, GError **error)
{
  struct termios before, silent;
  sigset_t blocked, kept;
  g_autofree char *question = g_strconcat (prompt, ": ", NULL);
  XqSecret *secret;

  if (tcgetattr (terminal, &before) < 0)
    {
      g_set_error (error, XQ_CLI_ERROR, XQ_ERROR_IO, _("The terminal cannot be asked: %s"), g_strerror (errno));
      return NULL;
    }
  sigfillset (&blocked);
  pthread_sigmask (SIG_SETMASK, &blocked, &kept);
  silent = before;
  silent.c_lflag &= ~(tcflag_t) ECHO;
  tcsetattr (terminal, TCSAFLUSH, &silent);
  say (terminal, question);
  secret = read_line (terminal, error);
  say (terminal, "\n");
  tcsetattr (terminal, TCSAFLUSH, &before);
  pthread_sigmask (SIG_SETMASK, &kept, NULL);
  return secret;
}

static int
open_terminal (const XqSecretSource *source, GError **error)
{
  int terminal = g_open ("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY, 0);

  if (terminal < 0)
    g_set_error (error, XQ_CLI_ERROR, XQ_ERROR_USAGE,
                 _("There is no terminal to ask for “%s”: give it by %s."), _(source->prompt), source->option);
  return terminal;
}

gboolean
xq_secret_input_is_given (const XqSecretSource *source)
{
  return source->file != NULL || source->descriptor >= 0;
}

XqSecret *
xq_secret_input_read (const XqSecretSource *source, GError **error)
{
  XqSecret *secret;
  int terminal;

  if (source->file != NULL)
    return read_file (source->file, error);
  if (source->descriptor >= 0)
    return read_line (source->descriptor, error);
  terminal = open_terminal (source, error);
  if (terminal < 0)
    return NULL;
  secret = ask (terminal, _(source->prompt), error);
  close (terminal);
  return secret;
}

static gboolean
same (XqSecret *a, XqSecret *b)
{
  return xq_secret_length (a) == xq_secret_length (b)
         && memcmp (xq_secret_bytes (a), xq_secret_bytes (b), xq_secret_length (a)) == 0;
}

XqSecret *
xq_secret_input_read_new (const XqSecretSource *source, GError **error)
{
  g_autoptr (XqSecret) first = xq_secret_input_read (source, error);
  g_autoptr (XqSecret) second = NULL;
  int terminal;

  if (first == NULL || xq_secret_input_is_given (source))
    return g_steal_pointer (&first);
  terminal = open_terminal (source, error);
  if (terminal < 0)
    return NULL;
  second = ask (terminal, _("Once more"), error);
  close (terminal);
  if (second == NULL)
    return NULL;
  if (!same (first, second))
    {
      g_set_error (error, XQ_CLI_ERROR, XQ_ERROR_REFUSED, _("The two passwords differ. Nothing was changed."));
      return NULL;
    }
  return g_steal_pointer (&first);
}
