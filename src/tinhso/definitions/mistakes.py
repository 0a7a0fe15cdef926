"""Every mistake a definition can contain: what is wrong, and the remedy."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy as _

from tinhso.definitions.kinds import Kind, Severity
from tinhso.definitions.kinds_of_reports import KINDS_OF_REPORTS
from tinhso.definitions.wording import say


@dataclass(frozen=True, slots=True)
class Mistake:
    """
    One mistake.

    :param code: a key of :data:`KINDS`
    :param data: fills the sentences
    """

    file: str
    line: int
    column: int
    code: str
    data: Mapping[str, str] = field(default_factory=dict)

    @property
    def severity(self) -> Severity:
        return KINDS[self.code].severity

    @property
    def problem(self) -> str:
        """What is wrong, in the active language."""
        return str(KINDS[self.code].problem) % self._said()

    @property
    def remedy(self) -> str:
        """What to do, in the active language."""
        hint = self.data.get("hint", "")
        said = str(KINDS[self.code].remedy) % self._said()
        return (str(_("Có phải ý bạn là «%(hint)s»?")) % {"hint": hint} + " " + said) if hint else said

    def _said(self) -> dict[str, str]:
        return {name: say(value) if name == "detail" else value for name, value in self.data.items()}

    def as_json(self) -> dict[str, Any]:
        """Return the mistake as JSON values."""
        return {
            "file": self.file,
            "line": self.line,
            "column": self.column,
            "code": self.code,
            "severity": str(self.severity),
            "problem": self.problem,
            "remedy": self.remedy,
        }


_WARNING = Severity.WARNING

KINDS: dict[str, Kind] = {
    # the file itself
    "file-too-large": Kind(_("Tệp lớn hơn %(most)s byte."), _("Tách bớt nội dung khỏi tệp này.")),
    "not-utf8": Kind(_("Tệp không ở bảng mã UTF-8."), _("Lưu lại tệp bằng bảng mã UTF-8.")),
    "not-yaml": Kind(
        _("Không đọc được YAML: %(detail)s."),
        _("Kiểm tra thụt dòng, dấu nháy và dấu hai chấm ở chỗ này."),
    ),
    "not-a-mapping": Kind(_("Tệp không phải là các cặp «tên: giá trị»."), _("Bắt đầu tệp bằng «code: …».")),
    "forbidden-tag": Kind(_("Không dùng thẻ YAML «%(tag)s»."), _("Bỏ thẻ, chỉ ghi giá trị.")),
    "too-many-nodes": Kind(
        _("Tệp có hơn %(most)s phần tử, có thể do bí danh (*) lặp lại."), _("Ghi thẳng nội dung, bỏ bí danh.")
    ),
    "too-deep-file": Kind(_("Tệp lồng nhau quá %(most)s tầng."), _("Bớt các tầng lồng nhau.")),
    "duplicate-key": Kind(_("Trường «%(name)s» được ghi hai lần."), _("Giữ lại một.")),
    # the shape
    "unknown-field": Kind(
        _("Không có trường «%(name)s» ở đây."), _("Sửa tên hoặc xóa trường; xem docs/procedure-format.md.")
    ),
    "missing-field": Kind(_("Thiếu trường «%(name)s»."), _("Thêm «%(name)s: …».")),
    "not-allowed-value": Kind(
        _("«%(value)s» không dùng được cho «%(name)s»."), _("Chọn một trong: %(allowed)s.")
    ),
    "needs-quotes": Kind(
        _("«%(name)s» là chữ nhưng YAML đọc thành số %(value)s."), _("Đặt giá trị trong dấu nháy kép.")
    ),
    "wrong-value": Kind(
        _("Giá trị của «%(name)s» chưa đúng: %(detail)s."), _("Sửa theo docs/procedure-format.md.")
    ),
    "rule-without-sentence": Kind(
        _("Quy tắc không có câu để hiện khi câu trả lời chưa đúng."),
        _("Thêm «otherwise: …»: một câu nói rõ sai gì và cần làm gì."),
    ),
    # names
    "duplicate-code": Kind(
        _("Mã thủ tục «%(name)s» đã có trong %(other)s."), _("Mỗi thủ tục chỉ ở một tệp: xóa hoặc đổi mã.")
    ),
    "duplicate-id": Kind(_("Mã «%(name)s» đã dùng ở dòng %(other)s."), _("Đặt mã khác.")),
    "id-inside-id": Kind(
        _("Mã «%(name)s» nằm bên trong mã «%(other)s», vốn đã là một câu hỏi."),
        _("Đổi một trong hai mã để không mã nào là phần đầu của mã kia."),
    ),
    "reserved-id": Kind(_("Mã «%(name)s» chứa từ dành riêng «%(word)s»."), _("Đặt mã khác cho câu hỏi này.")),
    # questions
    "no-options": Kind(
        _("Câu hỏi chọn «%(name)s» không có lựa chọn nào."), _("Thêm «options:» với value và label.")
    ),
    "options-unused": Kind(
        _("Câu hỏi «%(name)s» thuộc loại %(type)s nên không dùng «options»."),
        _("Xóa «options» hoặc đổi type thành one_of hay many_of."),
    ),
    "empty-group": Kind(_("Nhóm «%(name)s» không hỏi gì."), _("Thêm «ask:» với các câu hỏi của một mục.")),
    "ask-unused": Kind(
        _("Câu hỏi «%(name)s» không phải nhóm nên không dùng «ask»."),
        _("Xóa «ask» hoặc đổi type thành group."),
    ),
    "group-in-group": Kind(
        _("Nhóm «%(name)s» nằm trong một nhóm khác."), _("Đưa nhóm này ra ngoài, thành câu hỏi riêng.")
    ),
    "crossed-limits": Kind(
        _("«%(name)s»: giới hạn dưới %(low)s lớn hơn giới hạn trên %(high)s."), _("Đổi lại hai giới hạn.")
    ),
    "unknown-fact": Kind(_("Tài khoản không chứng minh được «%(name)s»."), _("Dùng một trong: %(allowed)s.")),
    "fact-of-other-type": Kind(
        _("«%(fact)s» không cùng loại với câu hỏi «%(name)s» (%(type)s)."),
        _("Đổi loại câu hỏi hoặc bỏ «known»."),
    ),
    "empty-page": Kind(_("Trang «%(name)s» không hỏi gì."), _("Thêm câu hỏi hoặc xóa trang.")),
    # expressions
    "expression-syntax": Kind(
        _("Biểu thức sai cú pháp: %(detail)s."), _("Viết lại theo CEL; xem docs/procedure-format.md.")
    ),
    "expression-types": Kind(
        _("Biểu thức dùng sai kiểu: %(detail)s."),
        _("So sánh hai bên cùng kiểu; số thập phân viết 2.0, ngày viết date('2026-01-31')."),
    ),
    "expression-limit": Kind(_("Biểu thức quá dài hoặc quá nhiều vòng lặp: %(detail)s."), _("Viết gọn lại.")),
    "not-yes-no": Kind(
        _("Điều kiện phải cho kết quả đúng hoặc sai, không phải %(type)s."), _("Thêm phép so sánh.")
    ),
    "amount-not-whole": Kind(
        _("Số tiền phải là số nguyên đồng, không phải %(type)s."), _("Bỏ phần thập phân, hoặc dùng int(…).")
    ),
    "amount-negative": Kind(_("Số tiền %(amount)s âm."), _("Ghi số tiền từ 0 đồng trở lên.")),
    "unknown-question": Kind(
        _("Biểu thức đọc «%(name)s» nhưng không có câu hỏi nào như vậy."),
        _("Sửa tên, hoặc thêm câu hỏi đó vào trước."),
    ),
    "unknown-name": Kind(
        _("Biểu thức dùng tên hoặc hàm không có: %(detail)s."), _("Xem các hàm ở docs/procedure-format.md.")
    ),
    "later-answer": Kind(
        _("Biểu thức đọc «%(name)s», câu trả lời chỉ có ở sau (dòng %(other)s)."),
        _("Chuyển câu hỏi «%(name)s» lên trước, hoặc bỏ nó khỏi biểu thức."),
    ),
    "never-true": Kind(
        _("Điều kiện không bao giờ đúng nên phần này không bao giờ tới được."),
        _("Sửa điều kiện hoặc xóa phần này."),
    ),
    # steps
    "no-signing-step": Kind(_("Không có bước nào ký kết quả."), _("Thêm «signs: true» vào bước ký.")),
    "maybe-no-signing-step": Kind(
        _("Mọi bước ký đều có điều kiện, nên có hồ sơ sẽ không ai ký."),
        _("Để ít nhất một bước ký không có «when»."),
        _WARNING,
    ),
    "no-returning-step": Kind(_("Không có bước nào trả kết quả."), _("Thêm «returns: true» vào bước cuối.")),
    "return-before-sign": Kind(
        _("Bước trả kết quả «%(name)s» đứng trước bước ký."), _("Đưa bước trả kết quả xuống sau bước ký.")
    ),
    "unreachable-step": Kind(
        _("Bước «%(name)s» không bao giờ tới được vì đứng sau bước trả kết quả «%(other)s»."),
        _("Đưa bước này lên trước bước trả kết quả."),
    ),
    "file-asked-of-officers": Kind(
        _("Câu hỏi «%(name)s» của bước xử lý nhận tệp; cán bộ chưa gửi được tệp ở bước."),
        _("Hỏi tệp này ở tờ khai của người dân, hoặc đổi loại câu hỏi của bước."),
    ),
    "unknown-procedure": Kind(
        _("Không tệp nào của gói có thủ tục mã «%(name)s»."), _("Sửa mã, hoặc thêm tệp của thủ tục ấy.")
    ),
    "unknown-question-of": Kind(
        _("Thủ tục %(procedure)s không hỏi câu nào tên «%(name)s»."),
        _("Ghi mã của một câu hỏi trong tệp của thủ tục ấy."),
    ),
    "valid-until-no-date": Kind(
        _("«%(name)s» không phải là câu hỏi loại date của tờ khai hay của bước nào."),
        _("Ghi mã của câu hỏi cho biết kết quả có giá trị đến ngày nào."),
    ),
    "back-to-unknown": Kind(_("Không có bước «%(name)s» để trả lại."), _("Ghi mã của một bước đứng trước.")),
    "back-to-later": Kind(
        _("Bước «%(name)s» không đứng trước bước này nên không trả lại được."),
        _("Chỉ trả lại bước đứng trước."),
    ),
    "unknown-role": Kind(
        _("Không có vai trò «%(name)s»."), _("Dùng vai trò có trong packs/vietnam/roles.yaml.")
    ),
    "unknown-agency-kind": Kind(
        _("Không có loại cơ quan «%(name)s»."), _("Dùng loại có trong packs/vietnam/agency-kinds.yaml.")
    ),
    # fees
    "unknown-account": Kind(
        _("Khoản thu «%(fee)s» nộp vào tài khoản «%(name)s» mà không cơ quan nào có."),
        _("Ghi khóa tài khoản có ở mục accounts của agencies.yaml."),
    ),
    "unreachable-fee": Kind(
        _("Mức thu này không bao giờ áp dụng: mức trước cùng mã «%(name)s» (dòng %(other)s) luôn đúng."),
        _("Đưa mức có điều kiện lên trước."),
    ),
    "fee-without-step": Kind(
        _("Khoản thu «%(fee)s» ghi «step» mà không thu ở bước, hoặc thu ở bước mà không ghi bước nào."),
        _("Ghi cả «pay: on_step» và «step: mã bước», hoặc bỏ cả hai."),
    ),
    "fee-of-no-step": Kind(
        _("Không thu được ở bước «%(name)s»: không có bước đó, hoặc đó là bước tiếp nhận."),
        _("Ghi mã của một bước sau bước tiếp nhận."),
    ),
    "relief-of-no-fee": Kind(
        _("Diện miễn, giảm nói đến khoản thu «%(name)s» mà thủ tục không có."), _("Sửa mã khoản thu.")
    ),
    "relief-without-proof": Kind(
        _("Giấy tờ chứng minh «%(name)s» không có trong thành phần hồ sơ."),
        _("Thêm giấy tờ đó vào papers, hoặc bỏ «proof»."),
    ),
    "relief-never": Kind(_("Diện miễn, giảm «%(name)s» hết hạn trước khi bắt đầu."), _("Đổi lại hai ngày.")),
    # template
    "template-missing": Kind(
        _("Không tìm thấy mẫu «%(name)s» trong %(folder)s."), _("Thêm tệp Typst vào đó, hoặc sửa tên.")
    ),
    "unknown-variable": Kind(
        _("Mẫu dùng «data.%(name)s» nhưng không câu trả lời nào cung cấp."),
        _("Sửa tên; các biến chuẩn ở docs/procedure-format.md."),
    ),
    # references
    "unknown-life-event": Kind(
        _("Không có sự kiện «%(name)s»."), _("Dùng mã có trong packs/vietnam/life-events.yaml.")
    ),
    "example-unknown-answer": Kind(
        _("Ví dụ trả lời «%(name)s» nhưng không có câu hỏi nào như vậy."), _("Sửa tên hoặc xóa dòng này.")
    ),
    "example-unknown-paper": Kind(
        _("Ví dụ nộp giấy tờ «%(name)s» nhưng thủ tục không có giấy tờ đó."), _("Sửa mã giấy tờ.")
    ),
    # facts only
    "no-standard-parts": Kind(
        _("Thủ tục chỉ ghi dữ kiện, nhưng không đọc được tờ khai và các bước chung."),
        _("Sửa standard-form.yaml và standard-steps.yaml trong packs/vietnam."),
    ),
    "unfit-standard": Kind(
        _("Không dựng được thủ tục từ dữ kiện này: %(detail)s."),
        _("Sửa dữ kiện, hoặc standard-form.yaml và standard-steps.yaml."),
    ),
    "index-line": Kind(
        _("Không đọc được dòng «%(text)s» của danh mục quốc gia."),
        _("Ghi đủ năm cột cách nhau bằng một dấu tab: code, level, issuer, field, name."),
    ),
    "index-twice": Kind(
        _("Mã thủ tục «%(name)s» có hai dòng trong danh mục quốc gia."), _("Giữ lại một dòng.")
    ),
    # registers
    "register-file-name": Kind(
        _("Tên tệp không trùng với mã sổ «%(name)s»."), _("Đặt tên tệp là «%(name)s.yaml».")
    ),
    "register-twice": Kind(_("Sổ «%(name)s» đã có trong %(other)s."), _("Mỗi sổ chỉ ở một tệp.")),
    "register-unknown": Kind(
        _("Không tệp nào của gói có sổ «%(name)s»."), _("Sửa mã, hoặc thêm tệp của sổ ấy.")
    ),
    "map-theme-nameless": Kind(
        _("Chủ đề bản đồ «%(name)s» không có tên bằng cả hai thứ tiếng."), _("Ghi «name: {vi: …, en: …}».")
    ),
    "map-theme-empty": Kind(
        _("Chủ đề bản đồ «%(name)s» không có lớp nào."), _("Ghi ít nhất một mã sổ trong «layers».")
    ),
    "map-layers-many": Kind(
        _("Chủ đề bản đồ «%(name)s» có hơn %(most)s lớp; các lớp sau không được vẽ."),
        _("Bớt lớp, hoặc chia thành hai chủ đề."),
        _WARNING,
    ),
    "map-layer-placeless": Kind(
        _("Sổ «%(name)s» không có trường vị trí nên không vẽ được trên bản đồ."),
        _("Bỏ lớp này, hoặc thêm «geometry» vào tệp của sổ."),
    ),
    "map-layer-private": Kind(
        _("Sổ «%(name)s» không phải dữ liệu mở: người dân không thấy lớp này."),
        _("Bỏ lớp này khỏi chủ đề, hoặc ghi «open_data: true» nếu sổ được công khai."),
        _WARNING,
    ),
    "map-asked-elsewhere": Kind(
        _("«%(name)s» hỏi sổ «%(layer)s», vốn không phải lớp của chủ đề này."),
        _("Thêm «%(layer)s» vào «layers», hoặc bỏ điều kiện ấy."),
    ),
    "map-asked-no-span": Kind(
        _("Không hỏi được từ … đến … theo «%(name)s»."),
        _("Chọn một trường số, tiền hoặc ngày có «filtered: true» trong tệp của sổ."),
    ),
    "map-asked-no-choice": Kind(
        _("Không lọc được bản đồ theo «%(name)s»."),
        _("Chọn một trường loại choice hoặc yes_no; với số và ngày, thêm «:tu» hoặc «:den»."),
    ),
    "map-asked-value": Kind(
        _("«%(value)s» không phải là số mà «%(name)s» cần."), _("Ghi số, phần lẻ sau dấu chấm.")
    ),
    "register-not-here": Kind(
        _("Kết quả ghi vào sổ «%(name)s» mà gói không có tệp của sổ ấy."),
        _("Thêm tệp của sổ; nếu sổ do hệ thống khác giữ thì để nguyên."),
        _WARNING,
    ),
    "register-unknown-field": Kind(
        _("Không có trường «%(name)s» để dùng ở đây."), _("Ghi mã của một trường trong mục fields.")
    ),
    "register-wrong-type": Kind(
        _("Trường «%(name)s» thuộc loại %(type)s, không dùng được ở đây."), _("Ở đây cần: %(wanted)s.")
    ),
    "register-relation": Kind(
        _("Trường «%(name)s»: loại relation phải ghi «register», các loại khác thì không."),
        _("Ghi «register: mã sổ» cho trường loại relation, hoặc bỏ «register»."),
    ),
    "register-second-geometry": Kind(
        _("Trường «%(name)s» có hình mà không phải là trường ghi ở «geometry»."),
        _("Mỗi sổ có một trường hình: ghi «geometry: %(name)s», hoặc đổi loại của trường."),
    ),
    "register-field-held": Kind(
        _("Tệp không còn trường «%(name)s» mà %(count)s bản ghi của sổ đang có giá trị ở đó."),
        _("Để lại trường ấy; muốn bỏ hẳn thì trước hết ghi trống trường ấy ở mọi bản ghi."),
    ),
    "register-gone": Kind(
        _("Gói không còn sổ «%(name)s» mà hệ thống đang giữ %(count)s bản ghi của sổ ấy."),
        _("Để lại tệp của sổ, hoặc hủy các bản ghi trước khi bỏ sổ."),
    ),
    "register-public-personal": Kind(
        _("Trường «%(name)s» nói về cá nhân mà lại công khai."),
        _("Bỏ khỏi «public», hoặc ghi rõ ở «source» văn bản cho phép."),
        _WARNING,
    ),
    "register-public-hidden": Kind(
        _("Trường «%(name)s» chỉ một số vai trò được xem mà lại công khai."),
        _("Bỏ khỏi «public», hoặc bỏ «seen_by»."),
    ),
    "register-no-unit": Kind(
        _("Quyền theo địa bàn (scope: unit) nhưng sổ không nói bản ghi thuộc đơn vị nào."),
        _("Ghi «unit: mã trường», hoặc «scope: province»."),
    ),
    "register-unwritten": Kind(
        _("Kết quả thủ tục không cho giá trị của trường bắt buộc «%(name)s»."),
        _("Thêm «%(name)s: …» vào fields, hoặc bỏ «required»."),
    ),
    "register-leads-nowhere": Kind(
        _("Không biết sửa hay hủy bản ghi nào: thiếu «%(name)s»."),
        _("Ghi «by: mã trường», và cho biết giá trị của trường ấy ở fields."),
    ),
    "from-missing": Kind(
        _("Câu hỏi «%(name)s» nói về dữ liệu của sổ mà không ghi «from»."),
        _("Ghi «from: sổ.trường», hoặc bỏ «fixed», «consent»."),
    ),
    "consent-without-law": Kind(
        _("Câu hỏi «%(name)s»: «consent» và «consent_law» phải đi cùng nhau."),
        _("Ghi cả mục đích và căn cứ, hoặc bỏ cả hai: chỉ hỏi ý kiến đồng ý khi luật buộc hỏi."),
    ),
    # indicators
    "indicator-twice": Kind(
        _("Chỉ số «%(name)s» đã có trong %(other)s."), _("Đặt mã khác, hoặc xóa một tệp.")
    ),
    "indicator-no-select": Kind(
        _("Công thức không phải là một câu SELECT."),
        _("Viết đúng một câu SELECT đọc các bảng dữ kiện; xem docs/indicators.md."),
    ),
    "indicator-unknown-table": Kind(_("Không có bảng dữ kiện «%(name)s»."), _("Chỉ đọc được: %(allowed)s.")),
    "indicator-unknown-column": Kind(
        _("Không có cột «%(name)s» trong các bảng mà công thức đọc."), _("Dùng một trong: %(allowed)s.")
    ),
    "indicator-unknown-parameter": Kind(
        _("Không có tham số «:%(name)s»."), _("Dùng một trong: %(allowed)s.")
    ),
    "indicator-unknown-function": Kind(
        _("Không dùng được hàm «%(name)s»."),
        _("Chỉ dùng hàm chuẩn, cho cùng một kết quả ở mọi lần tính và mọi máy."),
    ),
    "indicator-star": Kind(_("Công thức dùng «*»."), _("Ghi tên từng cột.")),
    "indicator-divides-by-zero": Kind(
        _("Phép chia cho «%(name)s» có thể chia cho không."),
        _("Chia cho «nullif(…, 0)»: khi ấy chỉ số là «chưa có số liệu»."),
    ),
    "indicator-gives-not": Kind(
        _("Công thức không cho ra cột «%(name)s»."), _("Thêm «… AS %(name)s» vào câu SELECT.")
    ),
    "indicator-value": Kind(
        _("Không hiểu phần «%(detail)s» của giá trị."),
        _("Chỉ dùng tên các cột được cộng, số, dấu + - * /, ngoặc và nullif(…, 0)."),
    ),
    "indicator-not-whole": Kind(
        _("Cột «%(name)s» được cộng nhưng có kiểu %(kind)s."),
        _("Chỉ cộng số nguyên, để kết quả đúng đến từng chữ số; đổi bằng CAST(… AS BIGINT)."),
    ),
    "indicator-not-understood": Kind(
        _("Không tính được công thức: %(detail)s"), _("Sửa công thức rồi kiểm tra lại.")
    ),
    # index sets
    "index-unknown-indicator": Kind(
        _("Không có chỉ số «%(name)s»."), _("Ghi mã của một tệp trong indicators.")
    ),
    "index-line-twice": Kind(_("Dòng «%(name)s» có hai lần trong bộ chỉ số."), _("Giữ lại một.")),
    "index-points": Kind(
        _("Nhóm «%(name)s» có %(points)s điểm nhưng các dòng cộng lại thành %(sum)s."),
        _("Sửa điểm của các dòng; dòng không ghi điểm chia đều phần còn lại."),
    ),
    **KINDS_OF_REPORTS,
    # worth knowing
    "no-english": Kind(_("Chưa có tiếng Anh cho «%(text)s»."), _("Ghi {vi: …, en: …}."), _WARNING),
    "no-law": Kind(_("Chưa ghi căn cứ pháp lý."), _("Thêm «law:» với số hiệu văn bản."), _WARNING),
    "no-example": Kind(
        _("Chưa có ví dụ tờ khai đã điền."), _("Thêm «examples:» để thử thủ tục tự động."), _WARNING
    ),
    "same-label-twice": Kind(
        _("Hai lựa chọn cùng nhãn «%(name)s»."), _("Đổi nhãn để người dân phân biệt được."), _WARNING
    ),
}
