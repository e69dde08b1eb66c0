"""Every sentence of the tab of documents."""

from __future__ import annotations

TAB = "Kho văn bản"
FOR_KEEPERS = "Thẻ này dành cho người giữ kho văn bản; hỏi đáp thì dùng thẻ “Hỏi đáp”."

# --- handing in
DROP = "Chọn tệp hoặc kéo thả vào đây"
DROP_HINT = (
    "PDF, Word, .rtf, .odt, trang web (.html), Markdown, văn bản thuần; mỗi tệp đến {limit} MB, nhiều tệp một lúc."
)
TOO_LARGE = "lớn hơn {limit} MB; hãy tách nhỏ tệp rồi tải lại."
CUT_OFF = "chưa tải lên được (mất kết nối hoặc máy chủ từ chối); hãy chọn lại tệp."
SENDING = "Tệp đang tải lên"
UNFORESEEN = "Không làm được vì một lỗi chưa lường trước ({name}). Thử lại; nếu vẫn vậy, báo cho người quản trị."

WAITING = "Tệp chờ nhận vào kho"
NOTHING_WAITING = "Không có tệp nào đang chờ. Tệp tải lên được đọc thử và hiện ở đây để xem trước; chỉ khi bấm “Nhận vào kho” mới dùng để trả lời."
READING = "Đang đọc…"
READING_STAGE = "{stage}: {done}/{total}"
IN_LINE = "Chờ đến lượt"
INDEXING = "Đang đưa vào chỉ mục…"
READ_AGAIN_OCR = "Đọc lại bằng nhận dạng chữ (OCR)"
READ_AGAIN_TEXT = "Đọc lại theo lớp chữ của tệp"
PREVIEW = "Xem trước"
ACCEPT = "Nhận vào kho"
ACCEPT_REPLACING = "Thay bản đang có"
ACCEPT_AGAIN = "Dùng bản đọc lại"
TRY_AGAIN = "Thử lại"
ACCEPT_ALL = "Nhận tất cả tệp mới ({count})"
CANCEL = "Bỏ"
CORRECT = "Sửa số, ngày, cơ quan, trích yếu"
CORRECT_HINT = "Chỉ sửa chỗ máy đọc sai, chép đúng như trên văn bản; để trống nếu văn bản không có. Trang đối chiếu bên dưới vẫn ghi như máy đọc cho đến khi nhận vào kho."
CORRECT_HINTS = {"number": "ví dụ 72/2015/NĐ-CP", "date": "ngày/tháng/năm"}
SAVE_CORRECTION = "Lưu phần sửa"
AS_READ = "Lấy lại như máy đọc"
WAS_READ = "Máy đọc: {value}"
CORRECTED = "Sửa tay"
BY_HAND = "sửa tay"
NONE_BY_HAND = "không có"
CORRECTED_BY = "Sửa tay: {fields} ({who})"
NO_NUMBER = "Không thấy số, ký hiệu ở đầu văn bản: văn bản sẽ mang tên tệp."
NO_DATE = "Không thấy ngày ban hành: câu trả lời sẽ dẫn văn bản mà không ghi ngày."
SCANNED = "Nhận dạng từ ảnh (OCR) nên số, ngày và lời văn có thể sai vài ký tự: đối chiếu với bản gốc trước khi nhận."
STANDING = {
    "new": "Văn bản mới, chưa có trong kho.",
    "same": "Trùng hoàn toàn với tệp đã có trong kho ({key}); không cần nhận nữa.",
    "replaces": "Trong kho đã có văn bản {key} với nội dung khác: nhận tệp này là thay bản đó.",
    "leads": "Trong kho mới có bản tóm lược của văn bản {key}: từ nay trả lời theo tệp này.",
    "behind": "Đây là bản tóm lược của văn bản {key} mà kho đã có nguyên văn, nên không dùng đến.",
    "again": "Bản đọc lại của văn bản đang có trong kho; so với trang đối chiếu cũ trước khi dùng.",
}
SURE_REPLACE = "Thay văn bản {key} đang có bằng tệp này? Tệp cũ vẫn được giữ và đưa lại được."

# --- what is being done
JOB_ADD = "Nhận văn bản vào kho"
JOB_REMOVE = "Gỡ {target}"
JOB_RESTORE = "Đưa lại một tệp"
JOB_RUNNING = "đang làm"
JOB_NEXT = "đến lượt kế tiếp"
JOB_AHEAD = "còn {ahead} việc trước"
FORGET = "Ẩn"
JOBS = "Việc cập nhật kho"
ORDERED = "Đã xếp việc; hỏi đáp vẫn dùng bình thường trong lúc cập nhật."

# --- the list
FILTER = "Lọc"
FILTER_HINT = "số, tên, cơ quan, năm…"
KIND = "Loại bản"
ORDER = "Sắp xếp"
KINDS = (
    ("Tất cả", "all"),
    ("Nguyên văn", "official"),
    ("Bản tóm lược", "digest"),
    ("Có trang nhận dạng (OCR)", "recognised"),
    ("Có lưu ý", "warned"),
    ("Đã gỡ khỏi kho", "removed"),
)
ORDERS = (
    ("Ngày mới nhất", "date"),
    ("Ngày cũ nhất", "-date"),
    ("Số, ký hiệu", "number"),
    ("Tên", "title"),
    ("Cơ quan ban hành", "issuer"),
    ("Nhiều trang nhất", "pages"),
    ("Nhiều điều khoản nhất", "provisions"),
    ("Nhiều lưu ý nhất", "warnings"),
)
COUNT = "{count} văn bản"
COUNT_OF = "{count} trong {total} văn bản"
NONE_FOUND = "Không có văn bản nào khớp; hãy bớt điều kiện lọc."
NONE_REMOVED = "Chưa gỡ hay thay văn bản nào."
DOCUMENT, DATE, PAGES, PROVISIONS, WARNINGS = "Văn bản", "Ngày", "Trang", "Điều khoản", "Lưu ý"
EARLIER, LATER, PAGE_OF = "Trước", "Sau", "Trang {page}/{pages}"
RESTORE = "Đưa lại"
REMOVED_ON = "Gỡ ngày {day}"
NOT_DATED = "–"
RECOGNISED = "Nhận dạng (OCR)"

# --- one document
CHOOSE = "Chọn một văn bản trong danh sách, hoặc “Xem trước” một tệp đang chờ, để xem chi tiết ở đây."
GONE = "Văn bản này không còn trong kho: hãy chọn văn bản khác."
FIELDS = (
    ("number", "Số, ký hiệu"),
    ("date", "Ngày ban hành"),
    ("kind", "Loại"),
    ("issuer", "Cơ quan ban hành"),
    ("signer", "Người ký"),
    ("title", "Trích yếu"),
)
MISSING = "không thấy"
SURE, UNSURE = "tin cậy {percent}", "tin cậy {percent}, cần đối chiếu"
TEXT_OF = "Văn bản có"
COUNTED = "{pages} trang, {provisions} điều khoản"
COUNTED_PAGELESS = "{provisions} điều khoản"
RECOGNISED_PAGES = "{count} trang nhận dạng từ ảnh (OCR), độ tin cậy thấp nhất {percent}"
FILE, ORIGINAL_NAME, SHA256, ADDED = "Tệp trong kho", "Tên tệp gốc", "SHA-256", "Nhận vào kho"
ADDED_BY = "{day}, bởi {user}"
ADDED_ON = "{day}"
GAPS = "Phần còn thiếu"
RELATIONS = "Quan hệ với văn bản khác"
NO_WARNINGS = "Không có lưu ý nào khi đọc văn bản này."
WARNINGS_READ = "Lưu ý khi đọc ({count})"
WARNED = "{count} lưu ý khi đọc"
TREE = "Cây điều khoản"
DOWNLOAD = "Tải tệp về"
INSPECT = "Trang đối chiếu"
INSPECT_HINT = "Toàn văn bên cây điều khoản, lưu ý đặt đúng chỗ"
OPEN_APART = "Mở ở cửa sổ riêng"
CLOSE = "Đóng"
BACK = "↑ Về danh sách"
REMOVE = "Gỡ khỏi kho"
SURE_REMOVE = "Gỡ {name} khỏi kho? Từ đó không trả lời theo văn bản này nữa. Tệp vẫn được giữ, đưa lại được ở mục “Đã gỡ khỏi kho”."
YES_REMOVE, YES_REPLACE, NO = "Gỡ", "Thay", "Thôi"
REPLACE_HINT = "Muốn thay bằng bản khác: tải tệp mới lên, phần mềm nhận ra cùng số và ngày."
NO_TESSERACT = (
    "Máy chủ chưa có Tesseract với dữ liệu tiếng Việt nên chưa nhận dạng chữ (OCR) được: hãy báo người quản trị {how}."
)
NOT_A_PDF = "Chỉ đọc lại bằng OCR được tệp PDF."
FILE_GONE = "Tệp của văn bản này không còn ở chỗ cũ hoặc đã thay đổi từ khi lập chỉ mục; hãy tải tệp lên lại."
TREE_FAILED = "Không mở được; hãy tải lại trang."

OUTGOING = {"tiếp tục": "Tiếp tục thực hiện"}
INCOMING = {
    "căn cứ": "Là căn cứ của",
    "thực hiện": "Được thực hiện bằng",
    "tiếp tục": "Được tiếp tục thực hiện bằng",
    "thay thế": "Được thay thế bằng",
    "sửa đổi": "Được sửa đổi bởi",
    "bãi bỏ": "Bị bãi bỏ bởi",
    "đính chính": "Được đính chính bởi",
    "hợp nhất": "Được hợp nhất trong",
    "hướng dẫn": "Được hướng dẫn bởi",
}
