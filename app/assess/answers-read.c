/* Reading a table of answers: its sheet, its header, and where to begin. */
#include "config.h"

#include "assess/answers-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define SAMPLE_ROWS 40

/* The last two are no fields of a person: they make a header of item numbers known as one. */
const XqHeaderField xq_answers_fields[] = {
  { "sequence", N_ ("Number of the sheet"), "序号|序號|答卷序号|答卷编号|答题序号|答卷id|seq" },
  { "taken_at", N_ ("Answered at"),
    "提交答卷时间|提交时间|提交時間|答题时间|作答时间|填写时间|填表时间|完成时间|结束时间|交卷时间|测评时间|测评日期|测试时间|测试日期|日期|时间|submitted|submittedat|taken_at|takenat|date|time|timestamp|时间戳记" },
  { "started_at", N_ ("Begun at"), "开始答题时间|开始时间|开始填写时间|started|startedat" },
  { "duration", N_ ("Duration"), "所用时间|答题时长|作答时长|用时|填写时长|答题用时|duration" },
  { "source", N_ ("Source"), "来源|来源渠道|数据来源|source" },
  { "source_detail", N_ ("Details of the source"), "来源详情" },
  { "address", N_ ("Network address"), "来自ip|ip|ip地址|ip所在地|ip省份|ip城市|地理位置" },
  { "code", N_ ("Number"), "学籍号|学号|學號|學籍編號|学生编号|全国学籍号|工号|工號|员工编号|职工号|考号|准考证号|编号|編號|code|studentid|employeeid|id" },
  { "national_id", N_ ("Identity number"), "身份证号|身份证号码|身份证|证件号|证件号码|公民身份号码" },
  { "name", N_ ("Name"), "姓名|学生姓名|名字|真实姓名|name|fullname" },
  { "grade", N_ ("Grade"), "年级|所在年级|年級|grade" },
  { "unit", N_ ("Class or department"), "班级|班級|所在班级|年级班级|行政班|部门|部門|所在部门|院系|学院|单位|class|department|unit" },
  { "sex", N_ ("Sex"), "性别|性別|sex|gender" },
  { "birth_date", N_ ("Birth date"), "出生日期|出生年月|出生年月日|生日|birthdate" },
  { "age", N_ ("Age"), "年龄|年齡|age" },
  { "phone", N_ ("Phone"), "手机|手机号|手机号码|电话|联系电话|家长电话|phone" },
  { "school", N_ ("Name of the school"), "学校|学校名称|就读学校|school" },
  { "item_1", NULL, "第1题|题1|q1|item1|第1題" },
  { "item_2", NULL, "第2题|题2|q2|item2|第2題" },
  { NULL, NULL, NULL },
};

static void
row_clear (XqAnswersRow *row)
{
  g_free (row->code);
  g_free (row->name);
  g_free (row->unit);
  g_free (row->national_id);
  g_free (row->why);
}

static void
unmatched_free (XqUnmatched *unmatched)
{
  g_free (unmatched->code);
  g_free (unmatched->name);
  g_free (unmatched->why);
  g_free (unmatched);
}

void
xq_answers_free (XqAnswers *answers)
{
  if (answers == NULL)
    return;
  g_clear_pointer (&answers->columns, g_ptr_array_unref);
  g_array_unref (answers->plan);
  g_hash_table_unref (answers->words);
  g_array_unref (answers->rows);
  g_array_unref (answers->cells);
  g_ptr_array_unref (answers->unmatched);
  g_ptr_array_unref (answers->replaced);
  g_clear_pointer (&answers->titles, g_ptr_array_unref);
  xq_instrument_set_unref (answers->set);
  g_free (answers->file_name);
  g_free (answers->sheet_name);
  g_free (answers);
}

static XqAnswers *
answers_new (XqInstrumentSet *set, const char *file_name, const XqAnswersOptions *options)
{
  XqAnswers *answers = g_new0 (XqAnswers, 1);

  answers->set = xq_instrument_set_ref (set);
  answers->file_name = g_strdup (file_name);
  answers->plan = g_array_new (FALSE, FALSE, sizeof (XqAnswersCell));
  answers->words = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) xq_option_words_free);
  answers->rows = g_array_new (FALSE, FALSE, sizeof (XqAnswersRow));
  g_array_set_clear_func (answers->rows, (GDestroyNotify) row_clear);
  answers->cells = g_array_new (FALSE, FALSE, sizeof (gint16));
  answers->unmatched = g_ptr_array_new_with_free_func ((GDestroyNotify) unmatched_free);
  answers->replaced = g_ptr_array_new_with_free_func ((GDestroyNotify) unmatched_free);
  answers->organisation_id = options->organisation_id;
  answers->campaign_id = options->campaign_id;
  return answers;
}

/* What the user said of fields, without what was said of instruments. */
static GHashTable *
field_overrides (const XqAnswersOptions *options)
{
  GHashTable *own = g_hash_table_new (g_str_hash, g_str_equal);

  for (const XqHeaderField *field = xq_answers_fields; options->overrides != NULL && field->field != NULL; field++)
    if (g_hash_table_contains (options->overrides, field->field))
      g_hash_table_insert (own, (gpointer) field->field, g_hash_table_lookup (options->overrides, field->field));
  return own;
}

static gboolean
says_who (const XqHeader *header)
{
  return header->row > 0
         && (xq_header_column (header, "code") >= 0 || xq_header_column (header, "name") >= 0
             || xq_header_column (header, "national_id") >= 0);
}

static gboolean
refuse_header (XqSheetFile *file, GError **error)
{
  g_set_error (error, XQ_ASSESS_ERROR, XQ_ERROR_REFUSED,
               _ ("“%s” has no header that says who answered. A column must be called 学号 or 姓名 (number or name)."),
               xq_sheet_file_name (file));
  return FALSE;
}

/* Of the sheet that was asked for, else of the first that says who answered, else of the first that has one. */
static XqHeader *
find_header (XqSheetFile *file, const XqAnswersOptions *options, guint *ret_sheet, GError **error)
{
  g_autoptr (GHashTable) overrides = field_overrides (options);
  g_autoptr (XqHeader) best = NULL;
  guint first = 0, last = xq_sheet_count (file) - 1;

  if (options->sheet != NULL)
    {
      if (!xq_sheet_find (file, options->sheet, &first, error))
        return NULL;
      last = first;
    }
  for (guint sheet = first; sheet <= last && (best == NULL || !says_who (best)); sheet++)
    {
      g_autoptr (XqHeader) header = NULL;

      if (options->sheet == NULL && xq_sheet_is_hidden (file, sheet))
        continue;
      header = xq_header_find (file, sheet, xq_answers_fields, overrides, error);
      if (header == NULL)
        return NULL;
      if (best != NULL && !says_who (header) && (best->row > 0 || header->row == 0))
        continue;
      *ret_sheet = sheet;
      g_clear_pointer (&best, xq_header_free);
      best = g_steal_pointer (&header);
    }
  if (best == NULL) /* all sheets are hidden */
    refuse_header (file, error);
  return g_steal_pointer (&best);
}

XqHeader *
xq_answers_read_header (const char *path, const XqAnswersOptions *options, const XqProgress *progress, GError **error)
{
  static const XqAnswersOptions none = { 0 };
  g_autoptr (XqSheetFile) file = xq_sheet_open (path, NULL, progress, error);
  guint sheet;

  return file != NULL ? find_header (file, options != NULL ? options : &none, &sheet, error) : NULL;
}

/* The first rows below the header, as texts. */
static GPtrArray *
read_samples (XqSheetFile *file, guint sheet, const XqHeader *header, GError **error)
{
  g_autoptr (GPtrArray) samples = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);
  g_autoptr (XqSheetReader) reader = xq_sheet_read (file, sheet, NULL, error);
  g_autoptr (GError) failure = NULL;
  const XqSheetRow *row;

  if (reader == NULL)
    return NULL;
  while (samples->len < SAMPLE_ROWS && (row = xq_sheet_reader_next (reader, &failure)) != NULL)
    if (row->number > header->row)
      {
        g_autoptr (GStrvBuilder) texts = g_strv_builder_new ();

        for (guint i = 0; i < row->n_cells; i++)
          g_strv_builder_add (texts, row->cells[i].text);
        g_ptr_array_add (samples, g_strv_builder_end (texts));
      }
  if (failure == NULL)
    return g_steal_pointer (&samples);
  g_propagate_error (error, g_steal_pointer (&failure));
  return NULL;
}

static gboolean
read_sheet (XqAnswers *answers, XqSheetFile *file, const XqAnswersOptions *options, const XqProgress *progress,
            GError **error)
{
  guint sheet = 0;
  g_autoptr (XqHeader) header = find_header (file, options, &sheet, error);
  g_autoptr (GPtrArray) samples = NULL;

  if (header == NULL)
    return FALSE;
  if (!says_who (header))
    return refuse_header (file, error);
  samples = read_samples (file, sheet, header, error);
  if (samples == NULL)
    return FALSE;
  answers->sheet_name = g_strdup (xq_sheet_name (file, sheet));
  answers->titles = g_ptr_array_ref (header->titles);
  answers->from_site = xq_header_column (header, "duration") >= 0 || xq_header_column (header, "source") >= 0
                       || xq_header_column (header, "address") >= 0;
  return xq_answers_find_columns (answers, header, options, samples, error)
         && xq_answers_read_rows (answers, file, sheet, header, progress, error);
}

XqAnswers *
xq_answers_read (XqDatabase *database, XqInstrumentSet *set, const char *path, const XqAnswersOptions *options,
                 const XqProgress *progress, GError **error)
{
  static const XqAnswersOptions none = { 0 };
  g_autoptr (XqSheetFile) file = xq_sheet_open (path, NULL, progress, error);
  g_autoptr (XqAnswers) answers = NULL;

  if (file == NULL)
    return NULL;
  options = options != NULL ? options : &none;
  answers = answers_new (set, xq_sheet_file_name (file), options);
  if (!read_sheet (answers, file, options, progress, error))
    return NULL;
  xq_answers_decode (answers, options->coding);
  return xq_answers_match (answers, database, error) ? g_steal_pointer (&answers) : NULL;
}

const char *
xq_answers_sheet_name (const XqAnswers *answers)
{
  return answers->sheet_name;
}

const GPtrArray *
xq_answers_columns (const XqAnswers *answers)
{
  return answers->columns;
}

const GPtrArray *
xq_answers_titles (const XqAnswers *answers)
{
  return answers->titles;
}

gint64
xq_answers_row_count (const XqAnswers *answers)
{
  return answers->read;
}

gint64
xq_answers_matched_count (const XqAnswers *answers)
{
  return answers->matched;
}

const GPtrArray *
xq_answers_unmatched (const XqAnswers *answers)
{
  return answers->unmatched;
}

const GPtrArray *
xq_answers_replaced (const XqAnswers *answers)
{
  return answers->replaced;
}
