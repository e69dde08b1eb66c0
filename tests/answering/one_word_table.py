"""Statements that are sound, each beside the same with one word changed: another unit, level, period, bound or the opposite.

The provisions are invented. A row: what the statement is, the sound word, and the wrong ones in its place ("{}").
"""

from __future__ import annotations

from policy_qa.answering.grounding import Source

_AROUND = "Quyết định 61/QĐ-UBND ngày 04/5/2031 của Ủy ban nhân dân tỉnh Hà Lam ban hành Quy chế quản lý chợ nổi"

MARKET = Source(
    "1. Ban quản lý chợ nổi báo cáo Ủy ban nhân dân huyện mỗi năm một lần, trước ngày 15 tháng 12.\n"
    "2. Chủ ghe nộp phí bến bãi tối đa 20.000 đồng/ngày; mức phí tăng khi nước lớn.\n"
    "3. Tiền thu từ phí bến bãi được dùng để chi cho nạo vét luồng; phần chi cho nạo vét chiếm ít nhất 60% tổng thu.\n"
    "4. Ghe trên 5 tấn neo đậu ở khu ngoài; ghe dưới 5 tấn neo đậu ở khu trong.\n"
    "5. Trước khi rời bến, chủ ghe phải khai báo với tổ trật tự.\n"
    "6. Hộ nghèo được miễn phí bến bãi; hộ cận nghèo được giảm 50% phí bến bãi.",
    _AROUND,
)
TEAM = Source(
    "1. Đội cứu hộ sông của xã trực 24 giờ mỗi ngày trong mùa lũ; mùa khô trực vào ban đêm.\n"
    "2. Đội trưởng do Chủ tịch Ủy ban nhân dân xã bổ nhiệm; đội phó do đội trưởng đề nghị.\n"
    "3. Kinh phí của đội do ngân sách cấp xã bảo đảm, ngân sách cấp tỉnh hỗ trợ phần trang bị ban đầu.\n"
    "4. Sau mỗi vụ cứu hộ, đội trưởng lập biên bản và gửi bản chính cho công an xã.\n"
    "5. Thành viên đội là nam từ 18 đến 45 tuổi, tham gia tự nguyện, có ít nhất 2 năm sống ở địa phương.\n"
    "6. Tập huấn được tổ chức hằng quý, vào tuần đầu tiên của quý, theo hình thức trực tiếp.",
    "Quyết định 75/QĐ-UBND ngày 11/6/2031 của Ủy ban nhân dân tỉnh Hà Lam ban hành Quy chế hoạt động của đội cứu hộ sông",
)
SCHOOL = Source(
    "1. Trường nghề công lập tuyển sinh vào mùa thu; trường nghề tư thục tự quyết định thời điểm tuyển sinh.\n"
    "2. Học viên nữ ở nông thôn được hỗ trợ tiền ăn hằng tháng; mức hỗ trợ cao nhất là 900.000 đồng/tháng.\n"
    "3. Doanh nghiệp trong nước nhận học viên thực tập được giảm tiền thuê đất; doanh nghiệp nước ngoài thì không.\n"
    "4. Trường nộp báo cáo thu vào đầu năm học và báo cáo chi vào cuối năm học.\n"
    "5. Giáo viên dạy lý thuyết có bằng đại học; giáo viên dạy thực hành có bằng cao đẳng trở lên.\n"
    "6. Hiệu trưởng cấp giấy chứng nhận cho học viên đạt yêu cầu và thu hồi khi phát hiện gian lận.",
    "Thông tư 19/2030/TT-BGDNN ngày 02/10/2030 của Bộ Giáo dục nghề nghiệp về đào tạo nghề ngắn hạn",
)
BRIDGE = Source(
    "1. Sở Giao thông chủ trì, phối hợp với Công an tỉnh phân luồng trong thời gian sửa cầu.\n"
    "2. Xe tải lớn đi đường phía bắc vào ban ngày; xe tải nhỏ đi đường phía nam.\n"
    "3. Chủ đầu tư chịu chi phí rào chắn; nhà thầu chịu chi phí biển báo và dọn dẹp hằng tuần.\n"
    "4. Thời gian sửa cầu bắt đầu từ ngày 01 tháng 3 và kết thúc chậm nhất ngày 30 tháng 6.\n"
    "5. Tốc độ cho phép thấp hơn 40 km/giờ; mức phạt tăng gấp đôi đối với xe quá tải.\n"
    "6. Kế hoạch ngắn hạn do cấp huyện lập, kế hoạch dài hạn do cấp tỉnh lập.",
    "Kế hoạch 14/KH-UBND ngày 20/01/2032 của Ủy ban nhân dân tỉnh Hà Lam về sửa chữa cầu",
)

ROWS: list[tuple[Source, str, str, tuple[str, ...]]] = [
    (MARKET, "Ban quản lý chợ nổi báo cáo Ủy ban nhân dân {} mỗi năm một lần.", "huyện", ("tỉnh", "xã")),
    (MARKET, "Ban quản lý chợ nổi báo cáo Ủy ban nhân dân huyện mỗi {} một lần.", "năm", ("quý", "tháng", "tuần")),
    (MARKET, "{} năm, Ban quản lý chợ nổi báo cáo Ủy ban nhân dân huyện một lần.", "Hằng", ("Nửa",)),
    (MARKET, "Ban quản lý chợ nổi báo cáo Ủy ban nhân dân huyện {} ngày 15 tháng 12.", "trước", ("sau",)),
    (MARKET, "Chủ ghe nộp phí bến bãi {} 20.000 đồng/ngày.", "tối đa", ("tối thiểu", "ít nhất")),
    (MARKET, "Chủ ghe nộp phí bến bãi tối đa 20.000 đồng/{}.", "ngày", ("tháng", "tuần")),
    (MARKET, "Mức phí {} khi nước lớn.", "tăng", ("giảm",)),
    (MARKET, "Mức phí tăng khi nước {}.", "lớn", ("nhỏ",)),
    (MARKET, "Tiền {} từ phí bến bãi được dùng để chi cho nạo vét luồng.", "thu", ("chi",)),
    (MARKET, "Tiền thu từ phí bến bãi được dùng để {} cho nạo vét luồng.", "chi", ("thu",)),
    (MARKET, "Phần chi cho nạo vét chiếm {} 60% tổng thu.", "ít nhất", ("nhiều nhất", "tối đa", "dưới")),
    (MARKET, "Phần chi cho nạo vét chiếm ít nhất 60% tổng {}.", "thu", ("chi",)),
    (MARKET, "Ghe {} 5 tấn neo đậu ở khu ngoài.", "trên", ("dưới",)),
    (MARKET, "Ghe trên 5 tấn neo đậu ở khu {}.", "ngoài", ("trong",)),
    (MARKET, "{} khi rời bến, chủ ghe phải khai báo với tổ trật tự.", "Trước", ("Sau",)),
    (MARKET, "Hộ {} được miễn phí bến bãi.", "nghèo", ("cận nghèo",)),
    (MARKET, "Hộ nghèo được {} phí bến bãi.", "miễn", ("giảm",)),
    (TEAM, "Đội cứu hộ sông của {} trực 24 giờ mỗi ngày trong mùa lũ.", "xã", ("huyện", "tỉnh", "thôn")),
    (TEAM, "Đội cứu hộ sông của xã trực 24 giờ mỗi ngày trong mùa {}.", "lũ", ("khô",)),
    (TEAM, "Đội cứu hộ sông của xã trực 24 giờ mỗi {} trong mùa lũ.", "ngày", ("tuần", "tháng")),
    (TEAM, "Mùa khô, đội trực vào ban {}.", "đêm", ("ngày",)),
    (TEAM, "Đội trưởng do {} Ủy ban nhân dân xã bổ nhiệm.", "Chủ tịch", ("Phó Chủ tịch",)),
    (TEAM, "{} do Chủ tịch Ủy ban nhân dân xã bổ nhiệm.", "Đội trưởng", ("Đội phó",)),
    (TEAM, "Kinh phí của đội do ngân sách cấp {} bảo đảm.", "xã", ("tỉnh", "huyện", "trung ương")),
    (TEAM, "Ngân sách cấp {} hỗ trợ phần trang bị ban đầu.", "tỉnh", ("xã", "huyện")),
    (TEAM, "{} mỗi vụ cứu hộ, đội trưởng lập biên bản.", "Sau", ("Trước",)),
    (TEAM, "Đội trưởng gửi bản {} cho công an xã.", "chính", ("sao",)),
    (TEAM, "Thành viên đội là {} từ 18 đến 45 tuổi.", "nam", ("nữ",)),
    (TEAM, "Thành viên đội tham gia {}.", "tự nguyện", ("bắt buộc",)),
    (TEAM, "Thành viên đội có {} 2 năm sống ở địa phương.", "ít nhất", ("nhiều nhất", "tối đa")),
    (TEAM, "Thành viên đội có ít nhất 2 {} sống ở địa phương.", "năm", ("tháng", "quý")),
    (TEAM, "Tập huấn được tổ chức hằng {}.", "quý", ("năm", "tháng", "tuần")),
    (TEAM, "Tập huấn được tổ chức vào tuần {} của quý.", "đầu tiên", ("cuối cùng",)),
    (TEAM, "Tập huấn được tổ chức theo hình thức {}.", "trực tiếp", ("trực tuyến", "gián tiếp")),
    (SCHOOL, "Trường nghề {} tuyển sinh vào mùa thu.", "công lập", ("tư thục",)),
    (SCHOOL, "Trường nghề công lập tuyển sinh vào mùa {}.", "thu", ("xuân", "hè")),
    (SCHOOL, "Học viên {} ở nông thôn được hỗ trợ tiền ăn hằng tháng.", "nữ", ("nam",)),
    (SCHOOL, "Học viên nữ ở {} được hỗ trợ tiền ăn hằng tháng.", "nông thôn", ("thành thị", "đô thị")),
    (SCHOOL, "Học viên nữ ở nông thôn được hỗ trợ tiền ăn hằng {}.", "tháng", ("năm", "tuần", "quý")),
    (SCHOOL, "Mức hỗ trợ tiền ăn {} là 900.000 đồng/tháng.", "cao nhất", ("thấp nhất",)),
    (SCHOOL, "Doanh nghiệp {} nhận học viên thực tập được giảm tiền thuê đất.", "trong nước", ("nước ngoài",)),
    (SCHOOL, "Doanh nghiệp trong nước nhận học viên thực tập được {} tiền thuê đất.", "giảm", ("miễn", "tăng")),
    (SCHOOL, "Trường nộp báo cáo thu vào {} năm học.", "đầu", ("cuối", "giữa")),
    (SCHOOL, "Giáo viên dạy {} có bằng đại học.", "lý thuyết", ("thực hành",)),
    (SCHOOL, "Giáo viên dạy lý thuyết có bằng {}.", "đại học", ("cao đẳng", "trung cấp", "thạc sĩ")),
    (SCHOOL, "Hiệu trưởng {} giấy chứng nhận cho học viên đạt yêu cầu.", "cấp", ("thu hồi",)),
    (
        BRIDGE,
        "Sở Giao thông {} với Công an tỉnh phân luồng trong thời gian sửa cầu.",
        "chủ trì, phối hợp",
        ("thay mặt",),
    ),
    (BRIDGE, "Xe tải {} đi đường phía bắc vào ban ngày.", "lớn", ("nhỏ",)),
    (BRIDGE, "Xe tải lớn đi đường phía {} vào ban ngày.", "bắc", ("nam", "đông")),
    (BRIDGE, "Xe tải lớn đi đường phía bắc vào ban {}.", "ngày", ("đêm",)),
    (BRIDGE, "{} chịu chi phí rào chắn.", "Chủ đầu tư", ("Nhà thầu",)),
    (BRIDGE, "Nhà thầu dọn dẹp hằng {}.", "tuần", ("ngày", "tháng")),
    (BRIDGE, "Thời gian sửa cầu {} từ ngày 01 tháng 3.", "bắt đầu", ("kết thúc",)),
    (BRIDGE, "Thời gian sửa cầu kết thúc {} ngày 30 tháng 6.", "chậm nhất", ("sớm nhất",)),
    (BRIDGE, "Tốc độ cho phép {} hơn 40 km/giờ.", "thấp", ("cao",)),
    (BRIDGE, "Mức phạt {} gấp đôi đối với xe quá tải.", "tăng", ("giảm",)),
    (BRIDGE, "Kế hoạch {} do cấp huyện lập.", "ngắn hạn", ("dài hạn",)),
    (BRIDGE, "Kế hoạch ngắn hạn do cấp {} lập.", "huyện", ("tỉnh", "xã")),
    (MARKET, "Trước khi rời bến, chủ ghe phải khai báo với {}.", "tổ trật tự", ("ban quản trị",)),
    (MARKET, "Trước khi rời bến, chủ {} phải khai báo với tổ trật tự.", "ghe", ("hàng",)),
    (TEAM, "Sau mỗi vụ cứu hộ, đội trưởng lập {}.", "biên bản", ("hợp đồng", "danh sách")),
    (TEAM, "Đội trưởng gửi bản chính cho {} xã.", "công an", ("quân đội",)),
    (SCHOOL, "Doanh nghiệp trong nước nhận học viên thực tập được giảm tiền thuê {}.", "đất", ("xe",)),
    (SCHOOL, "Học viên nữ ở nông thôn được hỗ trợ tiền {} hằng tháng.", "ăn", ("xe",)),
    (BRIDGE, "Chủ đầu tư chịu chi phí {}.", "rào chắn", ("bảo hiểm",)),
]

PARAPHRASES: list[tuple[Source, str]] = [
    (MARKET, "Mỗi năm Ban quản lý chợ nổi báo cáo Ủy ban nhân dân huyện trước ngày 15 tháng 12."),
    (MARKET, "Mỗi ngày chủ ghe nộp phí bến bãi tối đa 20.000 đồng."),
    (MARKET, "Tiền thu phí bến bãi dùng để chi nạo vét luồng; phần này chiếm tối thiểu 60% tổng thu."),
    (MARKET, "Khu trong dành cho ghe dưới 5 tấn, khu ngoài dành cho ghe trên 5 tấn."),
    (MARKET, "Phí bến bãi được miễn cho hộ nghèo, còn hộ cận nghèo được giảm 50%."),
    (TEAM, "Trong mùa lũ, đội cứu hộ sông của xã trực suốt 24 giờ mỗi ngày."),
    (TEAM, "Chủ tịch Ủy ban nhân dân xã bổ nhiệm đội trưởng."),
    (TEAM, "Ngân sách cấp xã bảo đảm kinh phí của đội; phần trang bị ban đầu được ngân sách cấp tỉnh hỗ trợ."),
    (TEAM, "Thành viên đội sống ở địa phương tối thiểu 2 năm."),
    (TEAM, "Mỗi quý đội được tập huấn trực tiếp, vào tuần đầu tiên."),
    (SCHOOL, "Mỗi tháng học viên nữ ở nông thôn được hỗ trợ tiền ăn; mức hỗ trợ tối đa là 900.000 đồng/tháng."),
    (SCHOOL, "Báo cáo thu được trường nộp vào đầu năm học, báo cáo chi vào cuối năm học."),
    (SCHOOL, "Bằng đại học là của giáo viên dạy lý thuyết; giáo viên dạy thực hành có bằng cao đẳng trở lên."),
    (SCHOOL, "Học viên đạt yêu cầu được hiệu trưởng cấp giấy chứng nhận."),
    (BRIDGE, "Việc phân luồng trong thời gian sửa cầu do Sở Giao thông chủ trì, phối hợp với Công an tỉnh."),
    (BRIDGE, "Cầu được sửa từ ngày 01 tháng 3, chậm nhất đến ngày 30 tháng 6 thì kết thúc."),
    (BRIDGE, "Cấp huyện lập kế hoạch ngắn hạn, cấp tỉnh lập kế hoạch dài hạn."),
    (BRIDGE, "Chi phí rào chắn do chủ đầu tư chịu, chi phí biển báo do nhà thầu chịu."),
]
