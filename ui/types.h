/* The window: GTK and libadwaita over the rooms of app/. Nothing here holds SQL or knows a formula; nothing in
 * app/ knows of this folder.
 *
 * How it hangs together:
 *   XqApplication (application.h)  one instance a vault, accels, about, shortcuts
 *   XqWindow (window.h)            one window; shows the start (unlock, first run) or the shell; toasts; locks
 *   XqShell (shell.h)              sidebar, header, search, and the pages; made at unlock, destroyed at lock
 *   XqPage (page.h)                what a place ("people") or a view of one record ("person") derives from
 *   XqSession (session.h)          the one context object: opened vault, connection, workers, changes, words
 *   pages.c, shortcuts.c           the tables: which pages there are, which keys do what
 *
 * To add a page: a class derived from XqPage in ui/<room>/, its files in ui/<room>/meson.build (sources and
 * blueprints), its template in ui/xinqiao-ui.gresource.xml, one line in the table of pages.c, its keys in shortcuts.c.
 * page.h tells the rest. Widgets that all pages share stand in widgets/.
 *
 * Types are declared here so that headers need not include each other. */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

typedef struct _XqApplication XqApplication;
typedef struct _XqPage XqPage;
typedef struct _XqSession XqSession;
typedef struct _XqShell XqShell;
typedef struct _XqWindow XqWindow;

G_END_DECLS
