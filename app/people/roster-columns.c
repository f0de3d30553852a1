#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "people/roster-private.h"

const XqHeaderField xq_roster_fields[] = {
  [XQ_ROSTER_CODE] = { "code", N_ ("Number"),
    "学籍号|学号|学生编号|学籍编号|全国学籍号|学生学籍号|工号|员工号|员工编号|职工号|职工编号|教工号|教师编号|人员编号|考号|考生号|"
    "准考证号|编号|學籍號|學號|學生編號|工號|員工編號|職工號|student id|student number|employee id|employee number|staff id|"
    "id number|code|id" },
  [XQ_ROSTER_NAME] = { "name", N_ ("Name"), "姓名|中文姓名|名字|姓名(中文)|学员姓名|name|full name" },
  [XQ_ROSTER_SEX] = { "sex", N_ ("Sex"), "性别|性別|sex|gender" },
  [XQ_ROSTER_BIRTH_DATE] = { "birth_date", N_ ("Birth date"),
    "出生日期|出生年月日|出生年月|出生时间|生日|出生|出生日|birth date|date of birth|birthday|dob" },
  [XQ_ROSTER_NATIONAL_ID] = { "national_id", N_ ("Identity number"),
    "身份证号|身份证号码|身份证|身份证件号|身份证件号码|公民身份号码|居民身份证号|居民身份证号码|证件号码|证件号|身份號碼|身份證號|"
    "身份證號碼|身分證字號|national id|identity number" },
  [XQ_ROSTER_COLLEGE] = { "college", N_ ("Faculty"), "学院|院系|所在院系|所在学院|系别|系部|系|學院|院系所|college|faculty" },
  [XQ_ROSTER_DEPARTMENT] = { "department", N_ ("Department"),
    "部门|所属部门|所在部门|一级部门|部门名称|科室|车间|单位部门|教研组|部門|所屬部門|department|division" },
  [XQ_ROSTER_TEAM] = { "team", N_ ("Team"), "班组|小组|组别|二级部门|工段|班組|小組|team|group" },
  [XQ_ROSTER_GRADE] = { "grade", N_ ("Grade"), "年级|所在年级|就读年级|年级名称|年級|就讀年級|grade|year" },
  [XQ_ROSTER_CLASS] = { "class", N_ ("Class"),
    "班级|班级名称|所在班级|行政班|行政班级|班别|班号|就读班级|班|班級|班級名稱|班別|class|class name" },
  [XQ_ROSTER_POST] = { "post", N_ ("Post"),
    "岗位|岗位名称|职务|职位|工种|任职岗位|任教学科|崗位|職務|職位|職稱|post|position|job title" },
  [XQ_ROSTER_PHONE] = { "phone", N_ ("Phone"),
    "本人电话|本人手机|本人联系电话|学生电话|学生手机|手机号码|手机号|手机|移动电话|手机电话|联系电话|电话号码|联系方式|电话|"
    "本人電話|手機號碼|手機|行動電話|聯絡電話|電話|phone|mobile|tel|telephone" },
  [XQ_ROSTER_CONTACT] = { "contact", N_ ("Guardian or emergency contact"),
    "监护人|监护人姓名|家长|家长姓名|紧急联系人|紧急联系人姓名|第一监护人|监护人1|监护人1姓名|联系人|联系人姓名|家庭联系人|監護人|監護人姓名|"
    "家長|家長姓名|緊急聯絡人|聯絡人|guardian|parent|emergency contact|contact" },
  [XQ_ROSTER_RELATION] = { "relation", N_ ("Relation"),
    "关系|与学生关系|与监护人关系|监护人关系|与本人关系|与学生的关系|家长关系|亲属关系|家庭关系|紧急联系人关系|与紧急联系人关系|"
    "监护人1关系|關係|與學生關係|監護人關係|與監護人關係|relation|relationship" },
  [XQ_ROSTER_CONTACT_PHONE] = { "contact_phone", N_ ("Contact’s phone"),
    "监护人电话|监护人联系电话|监护人手机|监护人手机号|监护人手机号码|监护人联系方式|家长电话|家长手机|家长手机号|家长手机号码|家长联系电话|"
    "家长联系方式|紧急联系人电话|紧急联系电话|紧急联系人手机|紧急联系人手机号|紧急联系人联系电话|联系人电话|监护人1电话|监护人1联系电话|"
    "家庭电话|監護人電話|監護人聯絡電話|家長電話|家長手機|家長聯絡電話|緊急聯絡人電話|緊急聯絡電話|聯絡人電話|guardian phone|"
    "parent phone|emergency phone" },
  [XQ_ROSTER_FATHER] = { "father", N_ ("Father"), "父亲|父亲姓名|爸爸|父親|父親姓名|father" },
  [XQ_ROSTER_FATHER_PHONE] = { "father_phone", N_ ("Father’s phone"),
    "父亲电话|父亲手机|父亲手机号|父亲联系电话|父亲联系方式|爸爸电话|父親電話|父親手機|父親聯絡電話|father phone" },
  [XQ_ROSTER_MOTHER] = { "mother", N_ ("Mother"), "母亲|母亲姓名|妈妈|母親|母親姓名|mother" },
  [XQ_ROSTER_MOTHER_PHONE] = { "mother_phone", N_ ("Mother’s phone"),
    "母亲电话|母亲手机|母亲手机号|母亲联系电话|母亲联系方式|妈妈电话|母親電話|母親手機|母親聯絡電話|mother phone" },
  [XQ_ROSTER_ADDRESS] = { "address", N_ ("Address"),
    "家庭住址|现住址|住址|家庭地址|居住地址|现居住地|家庭现住址|联系地址|通讯地址|地址|户籍地址|户口所在地|住宅地址|現住址|聯絡地址|"
    "通訊地址|戶籍地址|address|home address" },
  [XQ_ROSTER_REMARK] = { "remark", N_ ("Remark"), "备注|备注说明|说明|其他说明|備註|備注|說明|remark|remarks|note|notes" },
  [XQ_ROSTER_TAGS] = { "tags", N_ ("Key populations"),
    "重点人群|特殊群体|特殊人群|特殊情况|学生类别|人群类别|困境类型|重點人群|特殊群體|特殊情況|tags" },
  [XQ_ROSTER_BOARDING] = { "boarding", N_ ("Boarding"),
    "是否住校|住校|是否寄宿|是否寄宿生|寄宿|住校生|是否住校生|是否住宿|住宿|就读方式|住宿情况|是否住宿生|住宿生|是否寄宿學生|boarding" },
  [XQ_ROSTER_LEFT_BEHIND] = { "left_behind", N_ ("Left-behind"),
    "是否留守儿童|是否留守|留守儿童|留守|是否农村留守儿童|农村留守儿童|是否留守兒童|留守兒童|left behind" },
  [XQ_ROSTER_MIGRANT] = { "migrant", N_ ("Migrant"),
    "是否随迁子女|是否随迁|随迁子女|随迁|是否进城务工人员随迁子女|进城务工人员随迁子女|是否流动儿童|流动儿童|是否隨遷子女|隨遷子女|migrant" },
  [XQ_ROSTER_SINGLE_PARENT] = { "single_parent", N_ ("Single parent"),
    "是否单亲|是否单亲家庭|单亲|单亲家庭|是否單親|單親|單親家庭|是否單親家庭|single parent" },
  [XQ_ROSTER_ORPHAN] = { "orphan", N_ ("Orphan"), "是否孤儿|孤儿|是否孤儿或困境儿童|是否困境儿童|困境儿童|是否孤兒|孤兒|orphan" },
  [XQ_ROSTER_DISABLED] = { "disabled", N_ ("Disabled"),
    "是否残疾|是否残疾人|残疾|残疾类型|残疾类别|是否残疾学生|是否殘疾|身心障礙|是否身心障礙|disabled" },
  [XQ_ROSTER_N_FIELDS] = { NULL, NULL, NULL },
};

const char *const xq_roster_tag_columns[XQ_ROSTER_N_TAGS] = {
  "boarding", "left_behind", "migrant", "single_parent", "orphan", "disabled",
};

/* Phones that do not say whose they are. */
static gboolean
is_anybodys_phone (const char *title)
{
  static const char *const words[] = { "联系电话", "电话", "电话号码", "联系方式", "手机", "手机号", "手机号码", "移动电话",
                                       "手机电话", "聯絡電話", "電話", "手機", "手機號碼", "行動電話", "phone", "mobile", "tel",
                                       "telephone" };
  g_autofree char *word = xq_header_normalise (title);

  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    if (strcmp (word, words[i]) == 0)
      return TRUE;
  return FALSE;
}

static int
anybodys_phone_after (const XqHeader *header, int column)
{
  for (guint i = (guint) column + 1; i < header->titles->len; i++)
    {
      int field = g_array_index (header->fields, int, i);

      if (field == XQ_ROSTER_CONTACT || field == XQ_ROSTER_FATHER || field == XQ_ROSTER_MOTHER)
        break;
      if ((field == -1 || field == XQ_ROSTER_PHONE)
          && is_anybodys_phone (g_ptr_array_index (header->titles, i)))
        return (int) i;
    }
  return -1;
}

/* "电话" behind a guardian is the guardian's: in a school's roster always, elsewhere when the person's own stands
 * in a column of its own. */
static void
tell_phones_apart (const XqHeader *header, XqProfile profile, int columns[XQ_ROSTER_N_FIELDS])
{
  int phone;

  if (columns[XQ_ROSTER_CONTACT] < 0 || columns[XQ_ROSTER_CONTACT_PHONE] >= 0)
    return;
  phone = anybodys_phone_after (header, columns[XQ_ROSTER_CONTACT]);
  if (phone < 0 && profile == XQ_PROFILE_SCHOOL && columns[XQ_ROSTER_PHONE] >= 0
      && is_anybodys_phone (g_ptr_array_index (header->titles, columns[XQ_ROSTER_PHONE])))
    phone = columns[XQ_ROSTER_PHONE];
  if (phone < 0)
    return;
  columns[XQ_ROSTER_CONTACT_PHONE] = phone;
  if (columns[XQ_ROSTER_PHONE] == phone)
    columns[XQ_ROSTER_PHONE] = -1;
}

void
xq_roster_columns_find (const XqHeader *header, XqProfile profile, XqRosterColumns *ret_columns)
{
  for (guint field = 0; field < XQ_ROSTER_N_FIELDS; field++)
    ret_columns->columns[field] = xq_header_column (header, xq_roster_fields[field].field);
  tell_phones_apart (header, profile, ret_columns->columns);
}

static gboolean
comes_again (const XqHeader *header, int column)
{
  g_autofree char *word = column >= 0 ? xq_header_normalise (g_ptr_array_index (header->titles, column)) : NULL;

  for (guint i = (guint) column + 1; word != NULL && i < header->titles->len; i++)
    {
      g_autofree char *other = xq_header_normalise (g_ptr_array_index (header->titles, i));

      if (strcmp (word, other) == 0)
        return TRUE;
    }
  return FALSE;
}

gboolean
xq_roster_columns_are_two_blocks (const XqHeader *header, const XqRosterColumns *columns)
{
  static const XqRosterField telling[] = { XQ_ROSTER_CODE, XQ_ROSTER_CLASS, XQ_ROSTER_SEX };

  if (!comes_again (header, columns->columns[XQ_ROSTER_NAME]))
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (telling); i++)
    if (columns->columns[telling[i]] >= 0)
      return comes_again (header, columns->columns[telling[i]]);
  return FALSE;
}

gboolean
xq_roster_columns_suffice (const XqRosterColumns *columns)
{
  static const XqRosterField telling[]
      = { XQ_ROSTER_CODE, XQ_ROSTER_NATIONAL_ID, XQ_ROSTER_BIRTH_DATE, XQ_ROSTER_CLASS, XQ_ROSTER_DEPARTMENT,
          XQ_ROSTER_COLLEGE, XQ_ROSTER_SEX };

  if (columns->columns[XQ_ROSTER_NAME] < 0)
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (telling); i++)
    if (columns->columns[telling[i]] >= 0)
      return TRUE;
  return FALSE;
}

XqPersonKind
xq_roster_columns_kind (const XqRosterColumns *columns, const XqHeader *header, XqProfile profile)
{
  static const char *const staff[] = { "工", "教师", "員", "staff", "employee" };
  int code = columns->columns[XQ_ROSTER_CODE];
  const char *title = code >= 0 ? g_ptr_array_index (header->titles, code) : "";

  if (profile == XQ_PROFILE_ENTERPRISE)
    return XQ_PERSON_EMPLOYEE;
  if (columns->columns[XQ_ROSTER_CLASS] >= 0 || columns->columns[XQ_ROSTER_GRADE] >= 0)
    return XQ_PERSON_STUDENT;
  for (gsize i = 0; i < G_N_ELEMENTS (staff); i++)
    if (strstr (title, staff[i]) != NULL)
      return XQ_PERSON_TEACHER;
  if (columns->columns[XQ_ROSTER_POST] >= 0 || columns->columns[XQ_ROSTER_DEPARTMENT] >= 0)
    return XQ_PERSON_TEACHER;
  return XQ_PERSON_STUDENT;
}
