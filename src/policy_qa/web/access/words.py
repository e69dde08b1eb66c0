"""Every sentence about another password."""

# ruff: noqa: S105 - labels and sentences, no passwords

from __future__ import annotations

CHANGE_PASSWORD = "Đổi mật khẩu"
OLD_PASSWORD = "Mật khẩu hiện nay"
NEW_PASSWORD = "Mật khẩu mới"
NEW_PASSWORD_AGAIN = "Nhập lại mật khẩu mới"
PASSWORD_RULES = "Từ {shortest} ký tự, không dựa vào tên người dùng, không phải từ thông dụng; ghép ba, bốn từ không liên quan với nhau là cách dễ nhớ."
PASSWORD_HELP = "Đổi xong, các phiên đang mở ở máy khác và mã truy cập cấp cho chương trình đều hết hiệu lực. Quên mật khẩu hiện nay: liên hệ người quản trị của cơ quan."
PASSWORD_CHANGED = "Đã đổi mật khẩu. Các phiên đang mở ở máy khác đã kết thúc; máy này không cần đăng nhập lại."
PASSWORDS_DIFFER = "Hai lần nhập mật khẩu mới không giống nhau: kiểm tra bộ gõ rồi nhập lại."
OLD_PASSWORD_WRONG = "Mật khẩu hiện nay không đúng: kiểm tra bộ gõ, phím Caps Lock rồi nhập lại."
PASSWORD_SAME = "Mật khẩu mới trùng mật khẩu hiện nay: hãy chọn mật khẩu khác."
PASSWORD_WAIT = "Đã nhập sai mật khẩu hiện nay nhiều lần: đợi {wait} rồi làm lại."
PASSWORD_EXPIRED = "Trang đổi mật khẩu đã cũ hoặc trình duyệt không nhận cookie: nhập lại."
BACK_TO_WORK = "Về trang hỏi đáp"
