"""Mistakes that plans and reports can contain."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from tinhso.definitions.kinds import Kind

KINDS_OF_REPORTS: Mapping[str, Kind] = {
    # plans
    "plan-file-name": Kind(
        _("Tên tệp không trùng với mã kế hoạch «%(name)s»."), _("Đặt tên tệp là «%(name)s.yaml».")
    ),
    "plan-twice": Kind(_("Kế hoạch «%(name)s» đã có trong %(other)s."), _("Mỗi kế hoạch chỉ ở một tệp.")),
    "plan-part-twice": Kind(_("Mã «%(name)s» dùng cho hai phần của kế hoạch."), _("Đặt mã khác.")),
    "plan-ends-early": Kind(
        _("Hạn %(due)s đứng trước ngày bắt đầu %(start)s."), _("Đổi lại một trong hai ngày.")
    ),
    "plan-unknown-pillar": Kind(
        _("Kế hoạch không có trụ cột «%(name)s»."), _("Ghi mã của một mục trong «pillars».")
    ),
    "plan-unknown-source": Kind(
        _("Kế hoạch không có nguồn «%(name)s»."), _("Thêm nguồn ấy vào «sources», hoặc sửa khóa.")
    ),
    "plan-no-unit": Kind(
        _("Chỉ tiêu «%(name)s» không có đơn vị tính."), _("Ghi «unit», ví dụ «%%» hay «hồ sơ».")
    ),
    "plan-aim-outside": Kind(
        _("Chỉ tiêu «%(name)s»: mức %(aim)s nằm ngoài khoảng có thể có."),
        _("Sửa «aim», hoặc «lowest» và «highest»."),
    ),
    "plan-base-late": Kind(
        _("Mốc xuất phát %(start)s không đứng trước hạn %(due)s."), _("Sửa ngày của «base».")
    ),
    "plan-unknown-task": Kind(
        _("Kế hoạch không có nhiệm vụ «%(name)s»."), _("Ghi mã của một nhiệm vụ trong «tasks».")
    ),
    "plan-circle": Kind(_("Các nhiệm vụ chờ nhau thành vòng: %(name)s."), _("Bỏ một mã khỏi «blocked_by».")),
    "plan-more-than-said": Kind(
        _("Tệp kê %(count)s mục, nhiều hơn con số %(said)s ở «counts»."),
        _("Sửa «counts», hoặc ghi «counted: false» cho chỉ tiêu không thuộc số ấy."),
    ),
    "plan-unknown-agency": Kind(
        _("Không có cơ quan mã «%(name)s»."), _("Ghi mã có trong agencies.yaml cùng gói, hoặc để trống.")
    ),
    "plan-unknown-indicator": Kind(
        _("Không có chỉ số «%(name)s»."), _("Ghi mã của một tệp trong indicators, hoặc để trống để nhập tay.")
    ),
    # reports
    "report-file-name": Kind(
        _("Tên tệp không trùng với mã báo cáo «%(name)s»."), _("Đặt tên tệp là «%(name)s.yaml».")
    ),
    "report-twice": Kind(_("Báo cáo «%(name)s» đã có trong %(other)s."), _("Mỗi báo cáo chỉ ở một tệp.")),
    "report-line-twice": Kind(
        _("Mã «%(name)s» dùng cho hai dòng của báo cáo."), _("Đặt mã khác: công thức gọi dòng theo mã.")
    ),
    "report-two-sources": Kind(
        _("Dòng «%(name)s» lấy số liệu từ hai nơi."), _("Giữ một trong «indicator», «count», «formula».")
    ),
    "report-text-computed": Kind(
        _("Dòng «%(name)s» vừa là lời văn vừa được tính."), _("Bỏ «kind: text», hoặc bỏ nguồn tính.")
    ),
    "report-unknown-count": Kind(
        _("Không đếm được «%(name)s»."), _("Ghi một cách đếm nêu trong docs/reports.md, ví dụ «settled».")
    ),
    "report-counts-twice": Kind(
        _("Dòng «%(name)s» đếm hồ sơ tiếp nhận hộ: tỉnh cộng lại là tính hai lần."),
        _("Ghi «add: none» cho dòng này."),
    ),
    "report-cannot-add": Kind(
        _("Dòng «%(name)s» không tổng hợp được bằng «%(add)s»."),
        _("Lời văn ghi «add: collect» hoặc «none»; số ghi «sum» hoặc «last»."),
    ),
    "report-no-unit": Kind(
        _("Dòng nhập tay «%(name)s» không có đơn vị tính."), _("Ghi «unit», ví dụ «người» hay «%%».")
    ),
    "report-not-arithmetic": Kind(
        _("Không hiểu phần «%(detail)s» của phép tính."),
        _(
            "Chỉ dùng mã các dòng, số, + - * / và ngoặc; "
            "quy tắc kiểm tra có thêm một dấu ==, <=, <, >=, > hoặc !=."
        ),
    ),
    "report-unknown-line": Kind(
        _("Báo cáo không có dòng số «%(name)s»."), _("Ghi mã của một dòng số trong «lines».")
    ),
    "report-line-below": Kind(
        _("Phép tính dùng dòng «%(name)s» đứng bên dưới."), _("Chuyển dòng ấy lên trên dòng được tính.")
    ),
    "report-unknown-kind": Kind(
        _("Không có loại cơ quan «%(name)s»."), _("Ghi mã của một loại trong agency-kinds.yaml.")
    ),
    "report-no-agency": Kind(
        _("Chỉ số «%(name)s» không chia theo cơ quan nên không điền được cho từng đơn vị."),
        _("Chọn chỉ số có «agency» trong «dimensions», hoặc để dòng nhập tay."),
    ),
}
