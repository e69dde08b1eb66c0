"""An invented decree on floating libraries, with everything that drafts are made from."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from policy_qa.document import Document

DECREE = """CHÍNH PHỦ
-------
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
---------------
Số: 912/2031/NĐ-CP
Hà Nội, ngày 07 tháng 3 năm 2031

NGHỊ ĐỊNH
Quy định về tổ chức và hoạt động của thư viện nổi trên sông nước

Căn cứ Luật Thư viện ngày 21 tháng 11 năm 2019;
Căn cứ Nghị định số 5/2030/NĐ-CP ngày 02 tháng 02 năm 2030 của Chính phủ quy định chi tiết Luật Xuất bản;
Theo đề nghị của Bộ trưởng Bộ Văn hóa, Thể thao và Du lịch;
Chính phủ ban hành Nghị định về thư viện nổi.

Chương I
QUY ĐỊNH CHUNG

Điều 1. Phạm vi điều chỉnh
Nghị định này quy định việc lập, neo đậu và phục vụ bạn đọc của thư viện nổi trên sông, hồ và đầm phá.

Điều 2. Đối tượng áp dụng
1. Cộng đồng dân cư ven sông có nhu cầu đọc sách.
2. Người điều khiển phương tiện thủy chở sách.

Điều 3. Giải thích từ ngữ
1. Thư viện nổi là phương tiện thủy được trang bị giá sách và chỗ ngồi để phục vụ bạn đọc ven sông.
2. Bến sách là nơi thư viện nổi neo đậu theo lịch đã báo trước cho cộng đồng ven sông.

Điều 4. Nguyên tắc phục vụ bạn đọc ven sông
1. Mọi người được mượn sách không phải đặt cọc.
2. Lịch neo đậu được niêm yết tại bến.
3. Sách quý chỉ đọc tại chỗ.

Điều 5. Các hành vi bị nghiêm cấm
1. Chở hàng hóa khác cùng giá sách.
2. Neo đậu chắn luồng chạy tàu.

Điều 6. Hồ sơ đề nghị cấp phép neo đậu thư viện nổi
1. Đơn đề nghị có xác nhận của chủ phương tiện.
2. Bản vẽ vị trí neo đậu tại bến.

Chương II
TỔ CHỨC THỰC HIỆN

Điều 7. Biên chế và trang bị
1. Đội phục vụ trên mỗi thư viện nổi gồm 04 thành viên.
2. Thời hạn cho mượn sách dày tại bến sách tối đa là 21 ngày kể từ ngày nhận sách.
3. Sở Văn hóa và Thể thao chủ trì kiểm tra tủ thuốc và áo phao của đội phục vụ.
4. Chủ phương tiện nộp báo cáo lượt mượn trước ngày 15 tháng 12 hằng năm.
5. Trong thời hạn 09 ngày làm việc kể từ ngày nhận đơn, Sở Văn hóa và Thể thao phải cấp giấy phép neo đậu.

Điều 8. Trách nhiệm của Bộ Văn hóa, Thể thao và Du lịch
1. Hướng dẫn cách bảo quản sách trong mùa lũ.
2. Tổng hợp số liệu bạn đọc ven sông.

Điều 9. Hiệu lực thi hành
1. Nghị định này có hiệu lực thi hành từ ngày 01 tháng 5 năm 2031.
2. Nghị định này thay thế Nghị định số 77/2022/NĐ-CP ngày 08 tháng 8 năm 2022 của Chính phủ về thuyền sách.
3. Bộ trưởng Bộ Văn hóa, Thể thao và Du lịch chịu trách nhiệm thi hành Nghị định này.

TM. CHÍNH PHỦ
THỦ TƯỚNG
Đỗ Hải Âu
"""

AMENDING = """ỦY BAN NHÂN DÂN
TỈNH AN HẢI
-------
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
---------------
Số: 61/QĐ-UBND
An Hải, ngày 09 tháng 9 năm 2032

QUYẾT ĐỊNH
Sửa đổi, bổ sung một số điều của Quy định về bến sách

Điều 1. Sửa đổi, bổ sung một số điều của Quy định về bến sách
1. Sửa đổi Điều 4 như sau:
“Điều 4. Trách nhiệm của Sở Văn hóa và Thể thao
Sở Văn hóa và Thể thao chủ trì kiểm tra 12 bến sách của huyện ven biển mỗi quý.”
2. Bãi bỏ khoản 2 Điều 6 về phí neo đậu 50.000 đồng một ngày.

Điều 2. Hiệu lực thi hành
Quyết định này có hiệu lực từ ngày 20 tháng 9 năm 2032.

KT. CHỦ TỊCH
PHÓ CHỦ TỊCH
Phan Cát Trắng
"""


@cache
def parsed(text: str, name: str = "van-ban.txt") -> Document:
    """The text as a document."""
    from policy_qa.reading import read
    from policy_qa.structure import parse

    with TemporaryDirectory() as folder:
        file = Path(folder) / name
        file.write_text(text, encoding="utf-8")
        return parse(read(file))
