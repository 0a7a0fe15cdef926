"""What is said, in both languages, and the two ways a check can end badly."""

WORDS = {
    # the checkpoint
    "signature-forged": (
        "Chữ ký «{key}» trên điểm niêm phong là giả: nội dung không phải là nội dung đã ký.",
        "The signature «{key}» on the checkpoint is forged: it is not over this text.",
    ),
    "signed-by-nobody-known": (
        "Không khóa nào bạn tin đã ký điểm niêm phong của «{origin}».",
        "No key you trust has signed the checkpoint of «{origin}».",
    ),
    "checkpoint-unreadable": (
        "Đây không phải là một điểm niêm phong có chữ ký.",
        "This is no signed checkpoint.",
    ),
    "key-unreadable": ("Không đọc được khóa «{key}».", "The key «{key}» cannot be read."),
    "other-log": (
        "Hai điểm niêm phong là của hai sổ khác nhau: «{old}» và «{new}».",
        "The checkpoints are of two different logs: «{old}» and «{new}».",
    ),
    "rolled-back": (
        "Sổ bị lùi lại: trước đã công bố {old} mục, nay chỉ còn {new}.",
        "The log was rolled back: {old} entries were published before, now there are {new}.",
    ),
    "forked": (
        "Sổ bị thay lịch sử: {old} mục đầu của sổ bây giờ không phải là {old} mục đã công bố trước đây.",
        "History was replaced: the first {old} entries are not the {old} that were published before.",
    ),
    # the public files
    "file-missing": ("Thiếu tệp công khai {file}.", "The public file {file} is missing."),
    "file-truncated": (
        "Tệp công khai {file} bị cắt cụt: còn {there} trên {wanted} byte.",
        "The public file {file} is cut off: {there} of {wanted} bytes.",
    ),
    "tile-altered": (
        "Tệp công khai {file} bị sửa: giá trị băm thứ {place} không khớp với các mục.",
        "The public file {file} was altered: its hash {place} does not fit the entries.",
    ),
    "bundle-altered": (
        "Tệp công khai {file} bị sửa: mục thứ {place} không đúng khuôn dạng.",
        "The public file {file} was altered: its entry {place} is malformed.",
    ),
    "root-differs": (
        "Các tệp công khai không dựng lại được gốc đã ký của {size} mục.",
        "The public files do not make the root that was signed over {size} entries.",
    ),
    # acts
    "act-altered": (
        "Việc ở vị trí {index} ({kind}, {at}) đã bị sửa: không phải là việc đã niêm phong.",
        "The act at place {index} ({kind}, {at}) was altered: it is not what was sealed.",
    ),
    "acts-swapped": (
        "Hai việc ở vị trí {one} và {two} đã bị đổi chỗ cho nhau.",
        "The acts at places {one} and {two} have changed places.",
    ),
    "act-missing": (
        "Việc ở vị trí {index} đã bị xóa khỏi danh sách.",
        "The act at place {index} was taken out.",
    ),
    "act-inserted": (
        "Việc «{kind}» ({at}) được chèn thêm: sổ đã niêm phong không có việc này.",
        "The act «{kind}» ({at}) was put in later: the sealed log does not have it.",
    ),
    "acts-unreadable": ("Tệp {file} không đọc được: {why}.", "The file {file} cannot be read: {why}."),
    # time stamps
    "stamp-unreadable": ("Dấu thời gian không đọc được.", "The time stamp cannot be read."),
    "stamp-of-other": (
        "Dấu thời gian là của một nội dung khác, không phải của điểm niêm phong này.",
        "The time stamp is over something else, not over this checkpoint.",
    ),
    "stamp-forged": (
        "Dấu thời gian là giả: chữ ký của tổ chức cấp dấu không đúng.",
        "The time stamp is forged: the authority's signature does not hold.",
    ),
    "stamp-untrusted": (
        "Dấu thời gian do «{who}» cấp, không dẫn đến chứng thư gốc bạn tin.",
        "The time stamp is by «{who}», which does not lead to a root you trust.",
    ),
    "not-reachable": ("Không lấy được {file}: {why}.", "{file} cannot be had: {why}."),
    # what holds
    "checkpoint-holds": (
        "Điểm niêm phong của «{origin}»: {size} mục, gốc {root}.",
        "Checkpoint of «{origin}»: {size} entries, root {root}.",
    ),
    "stamp-holds": (
        "«{who}» đã đóng dấu thời gian lúc {at} (UTC).",
        "«{who}» stamped it at {at} (UTC).",
    ),
    "no-stamp": (
        "Điểm niêm phong này không kèm dấu thời gian; điểm có dấu gần nhất ở tệp «stamped» của sổ.",
        "This checkpoint comes without a time stamp; the newest with one is the file «stamped» of the log.",
    ),
    "stamp-not-judged": (
        "Có dấu thời gian lúc {at} (UTC); muốn biết ai cấp, hãy thêm --tsa-root.",
        "There is a time stamp of {at} (UTC); add --tsa-root to know whose.",
    ),
    "act-holds": ("Đúng: vị trí {index}, {at}, {kind}.", "Holds: place {index}, {at}, {kind}."),
    "acts-hold": (
        "{count} việc đều có trong sổ đúng như ghi trong tệp.",
        "All {count} acts are in the log exactly as the file tells.",
    ),
    "acts-waiting": (
        "Còn {count} việc chưa được niêm phong khi tệp này được lập.",
        "{count} more acts were not sealed yet when this file was made.",
    ),
    "parts-hidden": (
        "{count} phần không được cho xem; giá trị băm của chúng vẫn được kiểm tra.",
        "{count} parts are not shown; their digests were checked all the same.",
    ),
    "consistent": (
        "Sổ {new} mục bắt đầu đúng bằng {old} mục đã công bố trước đây; không có gì bị sửa hay bỏ.",
        "The log of {new} entries begins with the {old} published before; nothing was altered or dropped.",
    ),
    "log-holds": (
        "{size} mục trong các tệp công khai dựng lại đúng gốc đã ký.",
        "The {size} entries of the public files make exactly the root that was signed.",
    ),
}


class Said(Exception):  # noqa: N818  (an answer, not an error)
    """Ends a check with a sentence."""

    def __init__(self, code: str, **facts: object) -> None:
        super().__init__(code)
        self.code, self.facts = code, facts


class Wrong(Said):
    """Somebody has changed something: exit status 1."""


class Unreadable(Said):
    """It cannot be checked: exit status 2."""


def say(code: str, language: str, **facts: object) -> str:
    """Return the sentence in ``vi`` or ``en``."""
    return WORDS[code][language == "en"].format(**facts)
