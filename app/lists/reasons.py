"""Why a file or a row is refused: codes with words in both languages, and the refused row as plain data."""

from dataclasses import dataclass
from enum import StrEnum

from app.domain.problems import Problem, TroubleError
from app.domain.text import Text


class Reason(StrEnum):
    """Everything that can be wrong with a file (first group), with one row of it, or with one row at head office."""

    FILE_MISSING = "file_missing"
    FILE_IS_FOLDER = "file_is_folder"
    FILE_DENIED = "file_denied"
    FILE_UNREADABLE = "file_unreadable"
    FILE_EMPTY = "file_empty"
    FILE_BINARY = "file_binary"
    FILE_UTF16 = "file_utf16"
    FILE_OLD_EXCEL = "file_old_excel"
    FILE_BROKEN_WORKBOOK = "file_broken_workbook"
    FILE_BROKEN_GZIP = "file_broken_gzip"
    FILE_ENCODING = "file_encoding"
    HEADER_MISSING = "header_missing"
    HEADER_TWICE = "header_twice"
    SHEET_FULL = "sheet_full"

    ROW_WIDTH = "row_width"
    ROW_QUOTES = "row_quotes"
    EMPTY = "empty"
    NOT_A_NUMBER = "not_a_number"
    NOT_WHOLE = "not_whole"
    NEGATIVE = "negative"
    TOO_MANY_DECIMALS = "too_many_decimals"
    OUT_OF_RANGE = "out_of_range"
    NOT_A_DATE = "not_a_date"
    NOT_A_WEEKDAY = "not_a_weekday"
    NOT_YES_OR_NO = "not_yes_or_no"
    UNKNOWN_CHOICE = "unknown_choice"
    BROKEN_CHARACTERS = "broken_characters"
    DIGITS_LOST = "digits_lost"
    UNKNOWN_CUSTOMER = "unknown_customer"
    UNKNOWN_PRODUCT = "unknown_product"
    DUPLICATE = "duplicate"
    DUPLICATE_BEFORE = "duplicate_before"
    ORDER_DIFFERS = "order_differs"

    ORDER_LINE_TWICE = "order_line_twice"
    ORDER_NOT_WHOLE = "order_not_whole"
    ORDER_OF_ANOTHER = "order_of_another"
    UNKNOWN_MANAGER = "unknown_manager"
    NOBODY_HOLDS = "nobody_holds"
    SEVERAL_HOLD = "several_hold"
    TASK_FOR_NOBODY = "task_for_nobody"
    NO_TERRITORY = "no_territory"
    NOT_OF_A_SKU = "not_of_a_sku"
    NOT_OF_A_CLASS = "not_of_a_class"
    NOT_OF_A_YEAR = "not_of_a_year"
    TWO_DECIMALS = "two_decimals"
    TARGET_FOR_NOBODY = "target_for_nobody"
    NOT_THEIR_TERRITORY = "not_their_territory"
    NOBODY_IN_TERRITORY = "nobody_in_territory"
    SEVERAL_IN_TERRITORY = "several_in_territory"
    ENDS_BEFORE_IT_BEGINS = "ends_before_it_begins"
    NOT_STORABLE = "not_storable"


WORDS = {
    Reason.FILE_MISSING: Text(
        "没有这个文件。请检查路径和文件名。", "There is no such file. Check its folder and name."
    ),
    Reason.FILE_IS_FOLDER: Text("这是文件夹，不是文件。", "This is a folder, not a file."),
    Reason.FILE_DENIED: Text("没有读取这个文件的权限。", "You may not read this file."),
    Reason.FILE_UNREADABLE: Text("文件无法打开（系统说：{}）。", "The file cannot be opened (the system says: {})."),
    Reason.FILE_EMPTY: Text(
        "文件是空的，没有表头。请选择第一行为列名的表格。",
        "The file is empty: it has no header line. Choose a table whose first line names the columns.",
    ),
    Reason.FILE_BINARY: Text(
        "这不是文本表格（含有二进制数据）。请另存为 CSV 或 XLSX 后再导入。",
        "This is no text table (it holds binary data). Save it as CSV or XLSX and import that.",
    ),
    Reason.FILE_UTF16: Text(
        "文件是 UTF-16 编码（“Unicode 文本”）。请另存为“CSV UTF-8”后再导入。",
        "The file is in UTF-16 (“Unicode Text”). Save it as “CSV UTF-8” and import that.",
    ),
    Reason.FILE_OLD_EXCEL: Text(
        "这是旧版 Excel（.xls）或带密码的工作簿。请去掉密码并另存为 .xlsx 后再导入。",
        "This is an old Excel file (.xls) or a workbook with a password. Save it as .xlsx without a password.",
    ),
    Reason.FILE_BROKEN_WORKBOOK: Text(
        "工作簿已损坏或里面没有表格：{}",
        "The workbook is damaged or holds no table: {}",
    ),
    Reason.FILE_BROKEN_GZIP: Text(
        "压缩文件已损坏，未能完整读出。", "The compressed file is damaged: not all can be read."
    ),
    Reason.FILE_ENCODING: Text(
        "第 {} 行的文字既不是 UTF-8 也不是 GB18030/GBK 编码（按所选映射方案）。请另存为“CSV UTF-8”后再导入。",
        "The text of line {} is in none of the encodings of the profile. Save the file as “CSV UTF-8” and import that.",
    ),
    Reason.HEADER_MISSING: Text(
        "缺少必需的列：{}。请检查表头，或换一个映射方案。",
        "Columns are missing that are needed: {}. Check the header line, or choose another profile.",
    ),
    Reason.HEADER_TWICE: Text(
        "列“{}”出现了不止一次，无法判断用哪一列。请删去或改名其中一列。",
        "The column “{}” is there more than once. Delete or rename one of them.",
    ),
    Reason.SHEET_FULL: Text(
        "被拒绝的行太多，一张 XLSX 工作表放不下。请保存为 .csv。",
        "There are more refused rows than an XLSX sheet can hold. Save them as .csv.",
    ),
    Reason.ROW_WIDTH: Text("列数与表头不符：{}", "The number of cells differs from the header: {}"),
    Reason.ROW_QUOTES: Text(
        "引号不成对，无法分清各列",
        "The quotation marks do not pair, so the cells cannot be told apart",
    ),
    Reason.EMPTY: Text("必须填写", "A value is needed"),
    Reason.NOT_A_NUMBER: Text("不是数字", "Not a number"),
    Reason.NOT_WHOLE: Text("应为整数", "Not a whole number"),
    Reason.NEGATIVE: Text("不能为负数", "A negative number is not accepted"),
    Reason.TOO_MANY_DECIMALS: Text("金额精确到分，小数位过多", "Money has two decimals at most"),
    Reason.OUT_OF_RANGE: Text("超出允许范围（{}）", "Out of the range {}"),
    Reason.NOT_A_DATE: Text(
        "不是有效日期（应如 {}）",
        "Not a valid date (expected as in {})",
    ),
    Reason.NOT_A_WEEKDAY: Text("不是星期（应为 1–7 或“周一”）", "Not a weekday (1 to 7, or “Monday”)"),
    Reason.NOT_YES_OR_NO: Text("应为“是”或“否”", "Neither yes nor no"),
    Reason.UNKNOWN_CHOICE: Text("不在可选值之内（{}）", "None of the known values ({})"),
    Reason.BROKEN_CHARACTERS: Text(
        "含有乱码字符，原文已丢失",
        "Holds broken characters: the original text was lost before",
    ),
    Reason.DIGITS_LOST: Text(
        "编号被 Excel 改成了科学计数，部分数字已丢失。请把该列设为文本后重新填写",
        "Excel turned the number into the form 1.2E+11 and lost digits. Format the column as text and fill it again",
    ),
    Reason.UNKNOWN_CUSTOMER: Text(
        "没有这个客户编码，请先导入客户", "No customer has this code; import customers first"
    ),
    Reason.UNKNOWN_PRODUCT: Text("没有这个品规编码，请先导入品规", "No product has this code; import products first"),
    Reason.DUPLICATE: Text("与第 {} 行重复，已采用第 {} 行", "Row {} has the same number; row {} was taken"),
    Reason.DUPLICATE_BEFORE: Text(
        "上次因与第 {} 行重复而未采用，这次也没有导入。确要导入，请改正编号，或清空“拒绝原因”一格",
        "A duplicate of row {} the last time, which was taken; not imported now either. To import it, mend its number "
        "or empty its cell “Refused because”",
    ),
    Reason.ORDER_DIFFERS: Text(
        "同一订单的客户或日期与第 {} 行不一致",
        "Another customer or date than in row {} of the same order",
    ),
    Reason.ORDER_LINE_TWICE: Text("与第 {} 行是同一订单的同一行号", "The same line of the same order as row {}"),
    Reason.ORDER_NOT_WHOLE: Text(
        "同一订单的第 {} 行有问题，整张订单没有导入",
        "Row {} of the same order cannot be taken, so that none of the order was",
    ),
    Reason.ORDER_OF_ANOTHER: Text(
        "这个订单号在总部属于另一户", "At head office this order belongs to another customer"
    ),
    Reason.UNKNOWN_MANAGER: Text(
        "没有这个工号的客户经理，请先添加客户经理", "No manager has this code; add the manager first"
    ),
    Reason.NOBODY_HOLDS: Text("没有客户经理负责这户，请填写客户经理", "No manager has this customer; name the manager"),
    Reason.SEVERAL_HOLD: Text(
        "有几位客户经理负责这户（{}），请填写是哪一位", "Several managers have this customer ({}); name one"
    ),
    Reason.TASK_FOR_NOBODY: Text(
        "既没有客户经理也没有客户，不知道派给谁", "Neither manager nor customer: nobody to give it to"
    ),
    Reason.NO_TERRITORY: Text(
        "不知道这户属于哪个片区，请用 --territory 指定", "Its territory is not known; name one with --territory"
    ),
    Reason.ENDS_BEFORE_IT_BEGINS: Text("早于开始日期 {}", "Earlier than its first day, {}"),
    Reason.NOT_OF_A_SKU: Text("只有目标销量可以按品规下达", "Only the volume of a key SKU is given for one SKU"),
    Reason.NOT_OF_A_CLASS: Text("只有品牌集中度可以分价类下达", "Only brand concentration is given by price class"),
    Reason.NOT_OF_A_YEAR: Text("这项指标只有月度目标", "This figure has targets of months only"),
    Reason.TWO_DECIMALS: Text("最多两位小数", "Two decimals at most"),
    Reason.TARGET_FOR_NOBODY: Text(
        "既没有客户经理也没有片区，不知道下达给谁", "Neither manager nor territory: nobody to give it to"
    ),
    Reason.NOT_THEIR_TERRITORY: Text("客户经理 {} 不在这个片区", "Manager {} does not have this territory"),
    Reason.NOBODY_IN_TERRITORY: Text(
        "没有客户经理负责这个片区，请填写客户经理", "No manager has this territory; name the manager"
    ),
    Reason.SEVERAL_IN_TERRITORY: Text(
        "有几位客户经理负责这个片区（{}），请填写是哪一位", "Several managers have this territory ({}); name one"
    ),
    Reason.NOT_STORABLE: Text("这个值存不下（{}）", "This value cannot be stored ({})"),
}


@dataclass(frozen=True, slots=True)
class Cause:
    """A reason with the detail its words speak of."""

    reason: Reason
    detail: str = ""

    @property
    def text(self) -> Text:
        """The reason in words."""
        words = WORDS[self.reason]
        return Text(words.zh.replace("{}", self.detail), words.en.replace("{}", self.detail))


@dataclass(frozen=True, slots=True)
class RowProblem:
    """What is wrong with one cell; `column` is the file's own heading, empty if the whole row is meant."""

    column: str
    value: str
    cause: Cause


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """One row that was not taken, with everything wrong with it; the row number is the one a spreadsheet shows."""

    row_number: int
    problems: tuple[RowProblem, ...]
    cells: tuple[str, ...]


class FileRefusedError(TroubleError):
    """The file cannot be imported at all; says in words why."""

    def __init__(self, reason: Reason, detail: str = "") -> None:
        self.cause = Cause(reason, detail)
        super().__init__(Problem.FILE_NOT_READABLE, self.cause.text.en)


class ConversionError(ValueError):
    """A cell cannot be read as what its field wants."""

    def __init__(self, reason: Reason, detail: str = "") -> None:
        self.cause = Cause(reason, detail)
        super().__init__(self.cause.text.en)


class ProfileError(ValueError):
    """A mapping profile is wrong; says in which file, at which key, and how."""

    def __init__(self, file: str, key: str, problem: Text) -> None:
        where = f"{file}: {key}" if key else file
        self.text = Text(f"{where}：{problem.zh}", f"{where}: {problem.en}")
        super().__init__(self.text.en)
        self.file = file
        self.key = key
