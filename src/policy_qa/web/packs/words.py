"""Every sentence of the tab of packs."""

from __future__ import annotations

from typing import Final

from policy_qa.packs.pack import State

TAB = "Bộ hỏi đáp"
CHOOSE = "Bộ đang mở"
NEW = "Làm bộ mới"
PASTE = "Câu hỏi, mỗi câu một dòng"
PASTE_HINT = "Dán danh sách câu hỏi, hoặc chọn tệp, hoặc lấy câu hỏi đề xuất từ văn bản rồi sửa lại ở đây."
FILE = "Lấy câu hỏi từ tệp .txt, .xlsx, .docx (tối đa 5 MB, 500 câu)"
FROM_DOCUMENT = "Đề xuất câu hỏi từ văn bản"
DOCUMENT = "Văn bản"
PROVISIONS = "Chỉ từ các điều khoản này (để trống: cả văn bản)"
COUNT = "Số câu"
PROPOSE = "Đề xuất"
MAKE = "Tạo bộ mới"
ADD = "Thêm vào bộ đang mở"
HEAD = "Thông tin in trên tài liệu"
TITLE, TITLE_HINT = "Tên tài liệu", "Về …"
SESSION, SESSION_HINT = "Buổi hoặc lớp tập huấn", "Phục vụ lớp tập huấn …"
AUTHOR = "Người biên soạn"
OFFICE, SUPERIOR = "Cơ quan ban hành", "Cơ quan chủ quản"
NUMBER, PLACE = "Số, ký hiệu", "Địa danh"
DATE, DATE_HINT = "Ngày", "ví dụ 05/3/2026"
PARTY = "Thể thức văn bản của Đảng"
WITHIN = "Chỉ hỏi trong văn bản (để trống: cả kho)"
RUN, STOP = "Trả lời các câu còn lại", "Dừng"
DELETE, SURE, DELETE_NOW, KEEP = "Xoá bộ này", "Xoá hẳn bộ này và mọi câu trả lời trong đó?", "Xoá", "Giữ lại"

EMPTY = "Chưa có bộ nào đang mở. Dán câu hỏi ở khung “Làm bộ mới”, hoặc chọn một bộ đã có."
UNTITLED = "Chưa đặt tên"
LISTED = "{title} · {questions} câu · sửa lần cuối {changed}"
COUNTS = "{total} câu: {answered} có trả lời, {absent} không có trong văn bản, {failed} lỗi, {pending} chưa trả lời; {accepted} đã duyệt, {rejected} đã loại."
RUNNING = "Đang trả lời: {done}/{total} câu"
STOPPING = "Đang dừng sau câu này…"
STOPPED = "Đã dừng. Các câu đã trả lời vẫn được giữ; bấm “{run}” để làm tiếp."
FINISHED = "Đã trả lời xong."
NOTHING_TO_ASK = "Mọi câu trong bộ đã có câu trả lời."
MADE = "Đã tạo bộ mới có {count} câu hỏi."
ADDED = "Đã thêm {count} câu hỏi vào bộ đang mở."
PROPOSED = "Đã thêm {count} câu đề xuất vào khung câu hỏi: đọc lại, sửa hoặc xoá trước khi tạo bộ."
NOT_PROPOSED = "Không đề xuất được câu nào từ phần đã chọn: chọn điều khoản khác hoặc cả văn bản."
CHOOSE_DOCUMENT = "Chưa chọn văn bản để đề xuất câu hỏi."
NO_DOCUMENT = "Kho không còn văn bản này: tải lại trang rồi chọn lại."
NO_PACK = "Chưa có bộ nào đang mở: tạo bộ mới hoặc chọn một bộ."
BAD_DATE = "Ngày “{date}” không đúng: ghi dạng ngày/tháng/năm, ví dụ 05/3/2026."
TOO_LONG = "Phần đã nhập dài quá {most} ký tự: rút gọn rồi lưu lại."
NO_QUESTION = "Câu hỏi đang để trống: nhập lại câu hỏi."
READ = "Đã lấy {count} câu hỏi từ tệp “{name}”."
UNFORESEEN = "Không làm được vì một lỗi chưa lường trước ({name}). Thử lại; nếu vẫn vậy, báo cho người quản trị."
NOT_FOR_YOU = "Tab này dành cho người soạn bộ hỏi đáp."

STATES: Final[dict[State, str]] = {"proposed": "Chưa duyệt", "accepted": "Đã duyệt", "rejected": "Đã loại"}
ACCEPT, UNACCEPT, REJECT, RESTORE = "Duyệt", "Bỏ duyệt", "Loại", "Lấy lại"
EDIT, ASK_AGAIN, UP, DOWN = "Sửa", "Hỏi lại", "Lên", "Xuống"
SAVE, CANCEL, OWN_WORDS = "Lưu", "Thôi", "Lấy lại lời gốc"
EDIT_QUESTION, EDIT_ANSWER = "Câu hỏi", "Câu trả lời (mỗi ý một dòng)"
EDITED = "Đã sửa lời"
SEE_EDITS = "Xem chỗ đã sửa"
DELETED_WORDS, ADDED_WORDS = "bỏ:", "thêm:"
QUESTION = "Câu {number}."
POSITION = "Câu hỏi {first}–{last} trong {total}"
EARLIER, LATER = "Các câu trước", "Các câu sau"
NOT_ASKED = "Chưa có câu trả lời."
ASKED_OTHERWISE = "Câu trả lời dưới đây là cho câu hỏi cũ: “{question}”. Bấm “Hỏi lại” để trả lời câu đã sửa."

EXPORT = "Tải về"
EXPORTS: Final = (
    ("docx", "Word"),
    ("phat-tay", "Word, bản phát tay"),
    ("xlsx", "Excel"),
    ("pdf", "PDF các trang được dẫn"),
    ("json", "JSON (để làm tiếp bằng dòng lệnh)"),
)
EXPORT_GONE = "Không tìm thấy dạng tệp này: quay lại tab Bộ hỏi đáp rồi tải lại."
