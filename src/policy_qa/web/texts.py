"""Every sentence of the web page."""

from __future__ import annotations

TITLE = "Hỏi đáp văn bản chính sách"
SUBTITLE = "Mỗi câu trả lời dẫn đến đúng điều, khoản, điểm; văn bản không có thì nói rõ là không có."
STAYS_HERE = "Câu hỏi được trả lời ngay trên máy chủ này, không gửi đi nơi nào khác."
SENT_TO = "Câu hỏi và các đoạn trích văn bản được gửi đến mô hình {name} tại {place}."

CHAT_TAB = "Hỏi đáp"
QUESTION_LABEL = "Câu hỏi"
QUESTION_HINT = "Nhập câu hỏi tại đây"
SEND = "Gửi"
STOP = "Dừng"
WITHIN = "Chỉ tìm trong"
WITHIN_ALL = "Chỉ tìm trong (để trống: cả {count} văn bản)"
WELCOME = "Hỏi về các văn bản đã có trong máy; gõ không dấu, viết tắt đều được. Ví dụ:"
WORKING = "Đang tìm trong văn bản…"
STOPPED = "Đã dừng theo yêu cầu."
REPLY = "Trả lời"
BASIS = "Căn cứ"
NOTES = "Lưu ý về văn bản"
RELATED = "Quy định gần nhất (chỉ để tham khảo, không phải nguồn của câu trả lời)"
DROPPED = "Đã bỏ vì không đủ căn cứ"
OPEN_SOURCE = "Mở nguồn"
UNFORESEEN = "Không trả lời được vì một lỗi chưa lường trước ({name}). Hỏi lại; nếu vẫn vậy, báo cho người quản trị."

SOURCE = "Nguồn"
SOURCE_EMPTY = "Chọn một số [1], [2]… trong câu trả lời để xem toàn văn điều khoản được trích dẫn ở đây."
SOURCES_OF_ANSWER = "Trích dẫn của câu trả lời"
ONLY_RELATED = "Quy định liên quan, không phải nguồn của câu trả lời"
DIGEST = "Bản tóm lược"
DIGEST_NOTE = (
    "Đây là bản tóm lược do dự án biên soạn, không phải nguyên văn. Khi dùng chính thức, đối chiếu với văn bản gốc."
)
OFFICIAL = "Nguyên văn"
REPORTED = "theo báo chí, hồ sơ tra cứu"
PAGE = "trang {page}"
RECOGNISED = "nhận dạng từ ảnh, độ tin cậy {percent} %"
RECOGNISED_NOTE = "Trang này được nhận dạng từ ảnh chụp (OCR) nên lời văn có thể sai vài chữ. Khi dùng chính thức, đối chiếu với bản gốc."
COPY = "Chép trích dẫn"
COPY_WITH_WORDS = "Chép kèm lời văn"
COPIED = "Đã chép"
NOT_COPIED = "Không chép được: chọn chữ rồi bấm Ctrl+C"
BACK = "Về hội thoại"
DOCUMENT = "Văn bản"
NUMBER = "Số, ký hiệu"
DATE = "Ngày ban hành"
ISSUER = "Cơ quan ban hành"
FILE = "Tệp"
CHANGED = "Văn bản này đã được thay sau khi trả lời, nên chỉ còn lại phần được trích. Hỏi lại để xem bản hiện có."

READY = "Trang hỏi đáp đã mở: {url}\nMở địa chỉ này bằng trình duyệt. Bấm Ctrl+C để dừng."
OPEN_TO_ALL = "Máy khác trong mạng cũng vào được trang này, bằng tên và mật khẩu. Mật khẩu đi qua mạng không mã hoá nếu chưa đặt sau máy chủ TLS."
CLOSED = "Đã dừng trang hỏi đáp."
PORT_BUSY = "Cổng {port} trên {host} đang có chương trình khác dùng: dừng chương trình đó, hoặc chọn cổng khác, ví dụ --port {other}."
PORT_FORBIDDEN = "Không có quyền mở cổng {port} trên {host}: chọn cổng từ 1024 trở lên, ví dụ --port 7860."
BAD_HOST = "Không mở được trang ở địa chỉ {host}: địa chỉ này không phải của máy này. Dùng --host 127.0.0.1 (chỉ máy này) hoặc 0.0.0.0."
NOT_READY = "Chưa trả lời được câu hỏi: {why}"
NO_DOCUMENTS = "Chỉ mục không có văn bản nào: chạy `policy-qa index` với tệp hoặc thư mục văn bản."

LOG_IN = "Đăng nhập"
LOG_OUT = "Đăng xuất"
LOG_IN_HEAD = "Đăng nhập để hỏi đáp văn bản"
LOG_IN_HELP = "Chưa có tài khoản hoặc quên mật khẩu: liên hệ người quản trị của cơ quan."
USER_NAME = "Tên người dùng"
PASSWORD = "Mật khẩu"  # noqa: S105 - a label
LOGIN_WRONG = "Tên người dùng hoặc mật khẩu không đúng: kiểm tra bộ gõ, phím Caps Lock rồi nhập lại."
LOGIN_WAIT = "Đã nhập sai nhiều lần: đợi {wait} rồi đăng nhập lại."
LOGIN_EXPIRED = "Trang đăng nhập đã cũ hoặc trình duyệt không nhận cookie: nhập lại tên và mật khẩu."
LOGIN_BUSY = "Đang có nhiều người đăng nhập cùng lúc: đợi vài giây rồi đăng nhập lại."
LOG_IN_AGAIN = "Chưa đăng nhập hoặc phiên làm việc đã hết: đăng nhập rồi làm lại."
SESSION_ENDED = "Phiên làm việc đã hết. Mở trang đăng nhập ở thẻ mới, đăng nhập xong quay lại đây làm tiếp."
LOGGED_IN_AS = "Người dùng: {name}"
BAD_REQUEST = "Yêu cầu gửi đến không đọc được: tải lại trang rồi làm lại."
REFUSED = "Yêu cầu bị từ chối vì lý do an toàn: mở lại trang từ địa chỉ chính của hệ thống rồi làm lại."
NOT_THERE = "Không có trang này."
TOO_LARGE = "Dữ liệu gửi lên vượt giới hạn của hệ thống: chọn tệp nhỏ hơn hoặc tách tệp rồi gửi lại."
TOO_OFTEN = "Gửi yêu cầu quá nhanh: đợi một phút rồi làm lại."
CANNOT_TELL_WHO = "Hệ thống chưa kiểm tra được đăng nhập: báo cho người quản trị."
WRONG_ARGUMENT = "Tham số {name} không đúng dạng: ghi như {form} rồi gọi lại."
NO_USERS = (
    "Chưa có người dùng nào nên chỉ mở trang cho máy này (127.0.0.1): tạo người dùng bằng "
    "`policy-qa user add TÊN` rồi mới mở ra địa chỉ {host}."
)
NO_USERS_BEHIND_PROXY = (
    "Chưa có người dùng nào nên không mở trang sau máy chủ trung gian: tạo người dùng bằng `policy-qa user add TÊN` "
    "rồi mở lại."
)
ONLY_HERE = (
    "Chưa có người dùng: trang chỉ mở cho máy này, không cần mật khẩu. Tạo người dùng bằng: policy-qa user add TÊN"
)
NO_MCP = 'Thiết lập mcp đang bật nhưng thiếu gói kèm theo hoặc gói không đúng phiên bản: cài bằng `pip install "policy-qa[mcp]"`, hoặc tắt thiết lập này.'

EXAMPLES = (
    ("1079/QĐ-TTg", "Đề án truyền thông về quyền con người được phê duyệt bằng quyết định số mấy?"),
    ("1079/QĐ-TTg", "Mục tiêu chung của Đề án 1079 là gì?"),
    ("44-CT/TW", "chi thi 44 do ai ban hanh"),
    ("72/2015/NĐ-CP", "Nghị định 72/2015 quy định về việc gì?"),
    ("57-KL/TW", "Kết luận 57 nêu những quan điểm nào về thông tin đối ngoại?"),
)
"""Questions for an empty conversation, each with the document that must be there to answer it."""

EXAMPLE_OF_ANY = "{name} quy định về việc gì?"
