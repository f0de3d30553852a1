/* Faults below the vault: every call that changes one of its files goes through here, counted, and one of them, or all
 * from one on, can be made to fail. SQLite's calls come by a VFS that stands over its own (fault-vfs.c), those for
 * keyslots.json and attempts.json by the linker's --wrap (fault-files.c; a test that wants them says so in meson.build). */
#pragma once

#include "disk.h"

G_BEGIN_DECLS

typedef enum
{
  FAULTS_NONE,
  FAULTS_ONCE, /* the call fails, having done half of its work; the next ones do not */
  FAULTS_FULL, /* from that call on nothing can grow, until faults_mend() */
} FaultsKind;

typedef enum
{
  CALL_OPEN,
  CALL_WRITE,
  CALL_TRUNCATE,
  CALL_SYNC,
  CALL_REMOVE,
  CALL_MAP, /* SQLite's shared index grows */
  CALL_RENAME,
} FaultsCall;

/* Puts the VFS over the present one and watches the files of @folder. Once a process; before the first database. */
void faults_start (const char *folder);
/* Counts from 0 again; call number @at (from 1) fails. @at 0: none. */
void faults_arm (FaultsKind kind, guint64 at);
/* No more faults; the count goes on. */
void faults_mend (void);
/* Calls since faults_arm(). */
guint64 faults_count (void);
/* Whether the fault has been met since faults_arm(). */
gboolean faults_met (void);
/* What the call that failed was, for messages: "write vault.db-wal". */
const char *faults_where (void);

/* From now on @disk is told of everything, and @after called behind each call; NULL for neither. */
void faults_record (Disk *disk, void (*after) (gpointer user_data), gpointer user_data);

/* -- for the two that see the calls -- */
/* The watched file's name, NULL for another's @path. */
const char *faults_name (const char *path);
/* Counts a call; whether it must fail. @grows: it needs room that is not there yet. */
gboolean faults_step (FaultsCall call, const char *name, gboolean grows);
/* Whether a call that must fail does so for want of room. */
gboolean faults_is_full (void);
/* NULL when nothing is recorded. */
Disk *faults_disk (void);
/* The call is over. */
void faults_stepped (void);
/* fault-vfs.c */
void faults_register_vfs (void);

G_END_DECLS
