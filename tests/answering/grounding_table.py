"""Statements that a language model might write over given words: honest paraphrases, and the same with one thing wrong.

The provisions are invented; the digests are those of `corpus/`, named by file and heading.
"""

from __future__ import annotations

from pathlib import Path

from policy_qa.answering.grounding import Source

CORPUS = Path(__file__).parents[2] / "corpus"

PROVISIONS: dict[str, Source] = {
    "phí": Source(
        "Điều 4. Mức thu và đối tượng\n"
        "1. Mức thu phí tham quan danh thắng là 40.000 đồng/người/lượt; trẻ em dưới 6 tuổi được miễn phí.\n"
        "2. Học sinh, sinh viên được giảm 50% mức thu quy định tại khoản 1 Điều này khi xuất trình thẻ còn hiệu lực.\n"
        "3. Đơn vị thu phí phải nộp toàn bộ số tiền thu được vào Kho bạc Nhà nước trong thời hạn 05 ngày làm việc, trừ trường "
        "hợp bất khả kháng.\n"
        "4. Sở Tài chính chủ trì, phối hợp với Sở Văn hóa và Thể thao kiểm tra việc thu phí ít nhất 02 lần mỗi năm.",
        "Nghị quyết 18/2031/NQ-HĐND ngày 12/7/2031 của Hội đồng nhân dân tỉnh Lâm Giang quy định phí tham quan danh thắng",
    ),
    "thông tin": Source(
        "Điều 7. Cung cấp thông tin cho báo chí\n"
        "1. Người phát ngôn của Ủy ban nhân dân tỉnh tổ chức họp báo định kỳ ba tháng một lần.\n"
        "2. Khi xảy ra vụ việc đột xuất, Người phát ngôn phải cung cấp thông tin ban đầu cho báo chí chậm nhất 24 giờ kể từ khi vụ "
        "việc xảy ra.\n"
        "3. Người phát ngôn có thể ủy quyền cho Chánh Văn phòng Ủy ban nhân dân tỉnh phát ngôn; việc ủy quyền phải được thể hiện bằng "
        "văn bản.\n"
        "4. Người được ủy quyền không được ủy quyền lại cho người khác.\n"
        "5. Cơ quan báo chí nên gửi câu hỏi trước ít nhất 03 ngày; trường hợp không trả lời, Người phát ngôn phải nêu rõ lý do.",
        "Quyết định 205/QĐ-UBND ngày 03/02/2030 của Ủy ban nhân dân tỉnh Lâm Giang ban hành Quy chế phát ngôn",
    ),
    "cấm": Source(
        "Nghiêm cấm các hành vi sau đây:\n"
        "a) Cung cấp thông tin sai sự thật về kết quả kiểm định;\n"
        "b) Sử dụng thiết bị đã hết hạn kiểm định;\n"
        "c) Cản trở, gây khó khăn cho kiểm định viên;\n"
        "d) Tẩy xóa, sửa chữa giấy chứng nhận kiểm định.",
        "Điều 9. Các hành vi bị nghiêm cấm\nThông tư 33/2029/TT-BKHCN ngày 20/11/2029 của Bộ Khoa học và Công nghệ",
    ),
    "kết luận": Source(
        "1. Tình hình\n"
        "Một số cấp ủy chưa quan tâm đúng mức đến công tác chuyển đổi số; nguồn lực đầu tư còn dàn trải.\n"
        "2. Quan điểm\n"
        "Chuyển đổi số phải lấy người dân làm trung tâm, phải đi đôi với bảo đảm an toàn thông tin.\n"
        "3. Nhiệm vụ\n"
        "- Ban Tuyên giáo Tỉnh ủy hướng dẫn quán triệt Kết luận này trong quý III năm 2032.\n"
        "- Đảng ủy Ủy ban nhân dân tỉnh lãnh đạo xây dựng kế hoạch giai đoạn 2032-2035, báo cáo Ban Thường vụ Tỉnh ủy trước ngày "
        "30/9/2032.\n"
        "- Văn phòng Tỉnh ủy theo dõi, đôn đốc và định kỳ sáu tháng báo cáo Ban Thường vụ Tỉnh ủy.",
        "Kết luận 88-KL/TU ngày 15/5/2032 của Ban Thường vụ Tỉnh ủy Lâm Giang về chuyển đổi số trong cơ quan đảng",
    ),
    "kế hoạch": Source(
        "II. CHỈ TIÊU\n"
        "1. Đến năm 2030, tối thiểu 85% hộ gia đình ở nông thôn được sử dụng nước sạch.\n"
        "2. Mỗi năm mở ít nhất 12 lớp tập huấn cho cán bộ cấp xã.\n"
        "3. Tỷ lệ thất thoát nước không quá 15%.\n"
        "III. KINH PHÍ\n"
        "Tổng kinh phí thực hiện là 2,5 tỷ đồng, trong đó ngân sách tỉnh 1,8 tỷ đồng, nguồn xã hội hóa 700 triệu đồng.\n"
        "IV. TỔ CHỨC THỰC HIỆN\n"
        "Sở Nông nghiệp và Môi trường là cơ quan thường trực, tổng hợp, báo cáo Ủy ban nhân dân tỉnh trước ngày 15 tháng 12 hằng năm.\n"
        "Sở Tài chính tham mưu bố trí kinh phí.",
        "Kế hoạch 61/KH-UBND ngày 22/3/2026 của Ủy ban nhân dân tỉnh Lâm Giang về nước sạch nông thôn giai đoạn 2026-2030",
    ),
    "hội đồng": Source(
        "Điều 3. Hội đồng thẩm định\n"
        "1. Hội đồng thẩm định gồm 09 thành viên, do Giám đốc Sở Xây dựng làm Chủ tịch.\n"
        "2. Phiên họp chỉ được tiến hành khi có ít nhất 2/3 số thành viên tham dự.\n"
        "3. Hội đồng làm việc theo chế độ tập thể, quyết định theo đa số; thành viên có ý kiến khác được quyền bảo lưu.\n"
        "4. Thành viên có quan hệ gia đình với chủ đầu tư không được tham gia biểu quyết.\n"
        "5. Kết quả thẩm định được gửi cho chủ đầu tư bằng bản giấy hoặc bản điện tử trong vòng 10 ngày sau phiên họp.\n"
        "6. Chủ đầu tư không phải nộp lại hồ sơ đã được thẩm định.",
        "Quyết định 77/2028/QĐ-UBND ngày 09/8/2028 của Ủy ban nhân dân thành phố Hải Lâm",
    ),
    "hiệu lực": Source(
        "Điều 20. Hiệu lực thi hành\n"
        "1. Nghị định này có hiệu lực thi hành từ ngày 01 tháng 7 năm 2027.\n"
        "2. Nghị định này thay thế Nghị định 41/2019/NĐ-CP ngày 15/5/2019 của Chính phủ.\n"
        "3. Giấy phép đã cấp trước ngày Nghị định này có hiệu lực được tiếp tục sử dụng đến hết thời hạn ghi trong giấy phép.\n"
        "4. Bộ Nội vụ hướng dẫn thi hành; Bộ Tư pháp giao Cục Kiểm tra văn bản theo dõi việc ban hành văn bản quy định chi tiết.",
        "Nghị định 25/2027/NĐ-CP ngày 10/4/2027 của Chính phủ về cấp phép hoạt động tư vấn",
    ),
    "hỗ trợ": Source(
        "Điều 6. Mức hỗ trợ\n"
        "1. Doanh nghiệp nhỏ được hỗ trợ tối đa 30 triệu đồng cho một hợp đồng tư vấn và không quá 02 hợp đồng trong một năm.\n"
        "2. Hộ kinh doanh chuyển thành doanh nghiệp được miễn lệ phí môn bài trong ba năm đầu.\n"
        "3. Tất cả hồ sơ phải nộp qua Cổng dịch vụ công quốc gia; cơ quan tiếp nhận không yêu cầu nộp thêm bản giấy.\n"
        "4. Quỹ chỉ chi hỗ trợ sau khi Hội đồng quản lý Quỹ phê duyệt.\n"
        "5. Người đứng đầu doanh nghiệp chịu trách nhiệm trước pháp luật về tính chính xác của hồ sơ.",
        "Thông tư 14/2030/TT-BTC ngày 28/6/2030 của Bộ Tài chính hướng dẫn Quỹ hỗ trợ doanh nghiệp nhỏ",
    ),
    "nghỉ": Source(
        "Điều 12. Chế độ nghỉ phép\n"
        "1. Công chức có thời gian công tác từ đủ 12 tháng được nghỉ phép năm 14 ngày làm việc; cứ 05 năm công tác được cộng thêm 01 ngày.\n"
        "2. Người đứng đầu cơ quan quyết định việc nghỉ phép và không được từ chối nếu không có lý do chính đáng.\n"
        "3. Công chức phải gửi đơn xin nghỉ trước ít nhất 03 ngày làm việc, trừ trường hợp ốm đau đột xuất.\n"
        "4. Ngày nghỉ chưa sử dụng có thể được chuyển sang quý I năm sau liền kề nhưng không quá 05 ngày.",
        "Quyết định 318/QĐ-SNV ngày 18/01/2029 của Giám đốc Sở Nội vụ tỉnh Lâm Giang ban hành Quy chế làm việc",
    ),
    "môi trường": Source(
        "Điều 15. Trách nhiệm của chủ cơ sở\n"
        "1. Chủ cơ sở phải thu gom, phân loại chất thải rắn ngay tại nguồn và chỉ được chuyển giao cho đơn vị có giấy phép.\n"
        "2. Nước thải sau xử lý phải đạt quy chuẩn trước khi xả ra sông, hồ.\n"
        "3. Cơ sở có lưu lượng xả từ 500 m3/ngày trở lên phải lắp đặt hệ thống quan trắc tự động trước ngày 31/12/2028.\n"
        "4. Hằng năm, trước ngày 05 tháng 01, chủ cơ sở gửi báo cáo công tác bảo vệ môi trường đến Sở Nông nghiệp và Môi trường và Ủy ban nhân dân cấp xã.\n"
        "5. Cơ sở vi phạm bị phạt tiền từ 20.000.000 đồng đến 40.000.000 đồng.",
        "Nghị định 52/2026/NĐ-CP ngày 30/6/2026 của Chính phủ quy định chi tiết một số điều của Luật Bảo vệ môi trường",
    ),
    "chỉ thị": Source(
        "Thủ tướng Chính phủ yêu cầu:\n"
        "1. Các bộ, cơ quan ngang bộ rà soát, cắt giảm ít nhất 30% thời gian giải quyết thủ tục hành chính trong năm 2031.\n"
        "2. Bộ Tài chính khẩn trương trình Chính phủ nghị định về hóa đơn trước ngày 20 tháng 10 năm 2031.\n"
        "3. Bộ Khoa học và Công nghệ chủ trì, phối hợp với Bộ Công an bảo đảm an ninh mạng cho Cổng Dịch vụ công quốc gia.\n"
        "4. Ủy ban nhân dân các tỉnh, thành phố không ban hành thêm thủ tục trái thẩm quyền; chịu trách nhiệm trước Thủ tướng Chính phủ về kết quả thực hiện.\n"
        "5. Văn phòng Chính phủ theo dõi, đôn đốc, báo cáo Thủ tướng Chính phủ hằng quý.",
        "Chỉ thị 19/CT-TTg ngày 25/5/2031 của Thủ tướng Chính phủ về cải cách thủ tục hành chính",
    ),
    "thư viện": Source(
        "Điều 8. Quyền và nghĩa vụ của bạn đọc\n"
        "1. Bạn đọc được mượn tối đa 05 tài liệu trong thời hạn 15 ngày và được gia hạn một lần.\n"
        "2. Bạn đọc có quyền khiếu nại khi bị từ chối phục vụ.\n"
        "3. Bạn đọc không phải trả phí khi đọc tại chỗ.\n"
        "4. Bạn đọc làm mất tài liệu phải bồi thường gấp 02 lần giá bìa hoặc nộp lại đúng tài liệu đó.\n"
        "5. Thư viện nên mở cửa vào ngày nghỉ cuối tuần.",
        "Quy định 9/QĐi-TV ngày 02/9/2028 của Thư viện tỉnh Lâm Giang",
    ),
    "họp": Source(
        "Điều 21. Họp của Ủy ban nhân dân xã\n"
        "Ủy ban nhân dân xã họp thường kỳ mỗi tháng một lần; họp bất thường khi Chủ tịch Ủy ban nhân dân xã quyết định hoặc theo đề nghị của ít nhất một phần ba tổng số thành viên.\n"
        "Tài liệu họp phải được gửi đến các thành viên chậm nhất 03 ngày làm việc trước ngày họp.\n"
        "Đại diện Mặt trận Tổ quốc Việt Nam xã được mời dự họp khi bàn về vấn đề có liên quan, có quyền phát biểu nhưng không biểu quyết.",
        "Nghị quyết 7/2029/NQ-HĐND ngày 11/11/2029 của Hội đồng nhân dân xã Tân Lâm",
    ),
    "đảng viên": Source(
        "II. NHIỆM VỤ, GIẢI PHÁP\n"
        "1. Các cấp ủy cần đổi mới sinh hoạt chi bộ, nâng cao chất lượng tự phê bình và phê bình; khắc phục tình trạng nể nang, né tránh.\n"
        "2. Đảng viên không được chia sẻ thông tin chưa kiểm chứng trên mạng xã hội.\n"
        "3. Ủy ban Kiểm tra Tỉnh ủy chủ trì kiểm tra việc thực hiện Chỉ thị này, báo cáo Ban Thường vụ Tỉnh ủy vào tháng 12 hằng năm.\n"
        "4. Khuyến khích chi bộ sử dụng sổ tay đảng viên điện tử.",
        "Chỉ thị 12-CT/TU ngày 20/3/2031 của Ban Thường vụ Tỉnh ủy Lâm Giang về nâng cao chất lượng sinh hoạt chi bộ",
    ),
    "đấu thầu": Source(
        "Điều 33. Bảo đảm dự thầu\n"
        "1. Giá trị bảo đảm dự thầu từ 1% đến 1,5% giá gói thầu.\n"
        "2. Nhà thầu được hoàn trả bảo đảm dự thầu trong thời hạn không quá 14 ngày kể từ ngày kết quả lựa chọn nhà thầu được phê duyệt.\n"
        "3. Bảo đảm dự thầu không được hoàn trả khi nhà thầu rút hồ sơ dự thầu sau thời điểm đóng thầu.\n"
        "4. Gói thầu dưới 500 triệu đồng không bắt buộc bảo đảm dự thầu.\n"
        "5. Bên mời thầu không được tiết lộ nội dung hồ sơ dự thầu trước khi mở thầu.",
        "Nghị định 66/2028/NĐ-CP ngày 01/9/2028 của Chính phủ quy định chi tiết Luật Đấu thầu",
    ),
    "nhà ở": Source(
        "Điều 17. Điều kiện được mua nhà ở xã hội\n"
        "1. Người mua phải chưa có nhà ở thuộc sở hữu của mình tại tỉnh nơi có dự án.\n"
        "2. Thu nhập bình quân hằng tháng không quá 15 triệu đồng; trường hợp đã kết hôn thì tổng thu nhập của hai vợ chồng không quá 30 triệu đồng.\n"
        "3. Mỗi hộ gia đình chỉ được mua một căn nhà ở xã hội.\n"
        "4. Người mua không được chuyển nhượng nhà ở trong thời hạn tối thiểu 05 năm kể từ ngày thanh toán hết tiền mua.\n"
        "5. Chủ đầu tư có trách nhiệm công khai danh sách người được mua trên trang thông tin điện tử của Sở Xây dựng.",
        "Nghị định 90/2029/NĐ-CP ngày 15/11/2029 của Chính phủ về phát triển nhà ở xã hội",
    ),
    "trường": Source(
        "Điều 5. Tuyển sinh\n"
        "1. Trẻ em đủ 6 tuổi được vào học lớp một; trẻ khuyết tật có thể vào học ở tuổi cao hơn nhưng không quá 9 tuổi.\n"
        "2. Nhà trường không tổ chức thi tuyển vào lớp một.\n"
        "3. Hồ sơ gồm: đơn xin nhập học, bản sao giấy khai sinh và xác nhận cư trú.\n"
        "4. Hiệu trưởng thông báo kết quả tuyển sinh trước ngày 31 tháng 7 hằng năm.\n"
        "5. Phòng Văn hóa - Xã hội giúp Ủy ban nhân dân xã kiểm tra việc tuyển sinh.",
        "Thông tư 8/2030/TT-BGDĐT ngày 04/3/2030 của Bộ Giáo dục và Đào tạo ban hành Quy chế tuyển sinh tiểu học",
    ),
    "tỉnh ủy": Source(
        "Hội nghị thống nhất kết luận như sau:\n"
        "1. Kinh tế của tỉnh năm 2033 tăng trưởng 8,2%, cao hơn mục tiêu 0,7 điểm phần trăm; thu ngân sách đạt 12.450 tỷ đồng.\n"
        "2. Giải ngân vốn đầu tư công mới đạt 61% kế hoạch, thấp hơn bình quân cả nước.\n"
        "3. Các huyện ủy, thành ủy chỉ đạo hoàn thành sắp xếp trụ sở dôi dư trong quý II năm 2034.\n"
        "4. Ban Nội chính Tỉnh ủy tham mưu Ban Thường vụ Tỉnh ủy cho ý kiến về các vụ án phức tạp.\n"
        "5. Giao Sở Nội vụ xây dựng đề án tinh giản biên chế, trình Ủy ban nhân dân tỉnh trong tháng 6 năm 2034.",
        "Thông báo 145-TB/TU ngày 20/12/2033 của Tỉnh ủy Lâm Giang về kết luận Hội nghị lần thứ mười hai",
    ),
    "xe": Source(
        "Điều 11. Sử dụng xe ô tô công\n"
        "1. Xe ô tô công chỉ được sử dụng vào mục đích công vụ.\n"
        "2. Chủ tịch Ủy ban nhân dân tỉnh được bố trí xe với giá mua tối đa 950 triệu đồng một xe.\n"
        "3. Không được cho thuê, cho mượn hoặc sử dụng xe công vào việc riêng.\n"
        "4. Xe đã sử dụng trên 15 năm hoặc vận hành quá 250.000 km thì được thanh lý.\n"
        "5. Lái xe phải ghi nhật trình trong ngày và nộp cho bộ phận quản lý vào ngày 25 hằng tháng.",
        "Quyết định 44/2027/QĐ-UBND ngày 19/5/2027 của Ủy ban nhân dân tỉnh Lâm Giang",
    ),
    "di tích": Source(
        "Di tích quốc gia do Bộ trưởng Bộ Văn hóa, Thể thao và Du lịch quyết định xếp hạng; di tích cấp tỉnh do Chủ tịch Ủy ban nhân dân tỉnh quyết định xếp hạng.\n"
        "Việc tu bổ di tích phải giữ gìn tối đa các yếu tố gốc và không làm thay đổi cảnh quan.\n"
        "Tổ chức, cá nhân phát hiện di vật có trách nhiệm giao nộp cho cơ quan văn hóa nơi gần nhất trong thời hạn 7 ngày.\n"
        "Người giao nộp có thể được thưởng tối đa 200 triệu đồng.",
        "Điều 30\nLuật Di sản văn hóa năm 2024",
    ),
    "đảng phí": Source(
        "Đảng viên trong các cơ quan hành chính đóng đảng phí hằng tháng bằng 1% tiền lương và các khoản phụ cấp.\n"
        "Chi bộ được trích giữ lại 30% số đảng phí thu được, nộp cấp trên 70%.\n"
        "Đảng viên có hoàn cảnh đặc biệt khó khăn được chi bộ xem xét, đề nghị cấp ủy cơ sở quyết định miễn hoặc giảm mức đóng.\n"
        "Các khoản thu chưa nộp trước ngày 10 tháng sau phải báo cáo bằng văn bản.",
        "Quy định 342-QĐ/TW ngày 28/12/2010 của Bộ Chính trị về chế độ đảng phí\nMục 1",
    ),
}

PARAPHRASES: tuple[tuple[str, str], ...] = (
    ("phí", "Mức thu phí tham quan danh thắng là 40.000 đồng một người một lượt."),
    ("phí", "Trẻ em dưới 6 tuổi được miễn phí tham quan."),
    ("phí", "Theo khoản 2 Điều 4, học sinh và sinh viên được giảm 50% mức phí nếu xuất trình thẻ còn hiệu lực."),
    (
        "phí",
        "Đơn vị thu phí phải nộp toàn bộ tiền thu được vào Kho bạc Nhà nước trong vòng 5 ngày làm việc, trừ trường hợp bất khả kháng.",
    ),
    (
        "phí",
        "Trừ trường hợp bất khả kháng, đơn vị thu phí phải nộp toàn bộ số tiền thu được vào Kho bạc Nhà nước trong 05 ngày làm việc.",
    ),
    (
        "phí",
        "Sở Tài chính chủ trì kiểm tra việc thu phí, mỗi năm tối thiểu 2 lần, có sự phối hợp của Sở Văn hóa và Thể thao.",
    ),
    ("phí", "Nghị quyết số 18/2031/NQ-HĐND của HĐND tỉnh Lâm Giang quy định phí tham quan danh thắng."),
    ("phí", "Nghị quyết được ban hành ngày 12 tháng 7 năm 2031."),
    ("phí", "Sinh viên được giảm một nửa, tức 50% mức thu."),
    ("thông tin", "Họp báo định kỳ được Người phát ngôn của UBND tỉnh tổ chức 3 tháng một lần."),
    (
        "thông tin",
        "Khi có vụ việc đột xuất, Người phát ngôn phải cung cấp thông tin ban đầu cho báo chí chậm nhất sau 24 giờ.",
    ),
    (
        "thông tin",
        "Người phát ngôn phải cung cấp thông tin ban đầu cho báo chí chậm nhất 24 giờ kể từ khi xảy ra vụ việc đột xuất.",
    ),
    ("thông tin", "Người phát ngôn có thể ủy quyền cho Chánh Văn phòng UBND tỉnh phát ngôn."),
    ("thông tin", "Việc ủy quyền phát ngôn phải được thể hiện bằng văn bản."),
    ("thông tin", "Người đã được ủy quyền không được ủy quyền lại cho người khác."),
    ("thông tin", "Cơ quan báo chí nên gửi câu hỏi trước ít nhất ba ngày."),
    ("thông tin", "Nếu không trả lời, Người phát ngôn phải nêu rõ lý do."),
    (
        "thông tin",
        "Quy chế phát ngôn được ban hành theo Quyết định số 205/QĐ-UBND ngày 03 tháng 02 năm 2030 của UBND tỉnh Lâm Giang.",
    ),
    (
        "thông tin",
        "Theo khoản 3 Điều 7, Người phát ngôn được ủy quyền cho Chánh Văn phòng Ủy ban nhân dân tỉnh phát ngôn, nhưng phải thể hiện bằng văn bản.",
    ),
    ("cấm", "Nghiêm cấm sử dụng thiết bị đã hết hạn kiểm định."),
    ("cấm", "Không được tẩy xóa, sửa chữa giấy chứng nhận kiểm định."),
    ("cấm", "Việc cản trở, gây khó khăn cho kiểm định viên bị nghiêm cấm."),
    ("cấm", "Điều 9 nghiêm cấm cung cấp thông tin sai sự thật về kết quả kiểm định."),
    (
        "cấm",
        "Các hành vi bị nghiêm cấm gồm: cung cấp thông tin sai sự thật về kết quả kiểm định, sử dụng thiết bị đã hết hạn kiểm định, cản trở kiểm định viên, tẩy xóa giấy chứng nhận kiểm định.",
    ),
    ("kết luận", "Một số cấp ủy chưa quan tâm đúng mức đến chuyển đổi số."),
    ("kết luận", "Nguồn lực đầu tư cho chuyển đổi số còn dàn trải."),
    ("kết luận", "Chuyển đổi số phải lấy người dân làm trung tâm và phải đi đôi với bảo đảm an toàn thông tin."),
    ("kết luận", "Quan điểm là chuyển đổi số phải đi đôi với bảo đảm an toàn thông tin."),
    ("kết luận", "Ban Tuyên giáo Tỉnh ủy được giao hướng dẫn quán triệt Kết luận trong quý III/2032."),
    (
        "kết luận",
        "Đảng ủy UBND tỉnh lãnh đạo xây dựng kế hoạch giai đoạn 2032 - 2035 và báo cáo Ban Thường vụ Tỉnh ủy trước ngày 30 tháng 9 năm 2032.",
    ),
    (
        "kết luận",
        "Văn phòng Tỉnh ủy có trách nhiệm theo dõi, đôn đốc và báo cáo Ban Thường vụ Tỉnh ủy 6 tháng một lần.",
    ),
    ("kết luận", "Kết luận 88-KL/TU được Ban Thường vụ Tỉnh ủy Lâm Giang ban hành ngày 15/5/2032."),
    ("kế hoạch", "Đến năm 2030, ít nhất 85% hộ gia đình nông thôn được sử dụng nước sạch."),
    (
        "kế hoạch",
        "Chỉ tiêu đến năm 2030 là tối thiểu tám mươi lăm phần trăm hộ gia đình ở nông thôn được dùng nước sạch.",
    ),
    ("kế hoạch", "Mỗi năm phải mở ít nhất 12 lớp tập huấn cho cán bộ cấp xã."),
    ("kế hoạch", "Tỷ lệ thất thoát nước tối đa là 15%."),
    (
        "kế hoạch",
        "Tổng kinh phí là 2,5 tỷ đồng, gồm 1,8 tỷ đồng từ ngân sách tỉnh và 700 triệu đồng từ nguồn xã hội hóa.",
    ),
    ("kế hoạch", "Kinh phí thực hiện kế hoạch là 2.500 triệu đồng."),
    ("kế hoạch", "Sở Nông nghiệp và Môi trường là cơ quan thường trực, báo cáo UBND tỉnh trước ngày 15/12 hằng năm."),
    ("kế hoạch", "Sở Tài chính có nhiệm vụ tham mưu bố trí kinh phí."),
    ("kế hoạch", "Kế hoạch số 61/KH-UBND của UBND tỉnh Lâm Giang áp dụng cho giai đoạn 2026-2030."),
    ("hội đồng", "Hội đồng thẩm định có 9 thành viên, Giám đốc Sở Xây dựng làm Chủ tịch."),
    ("hội đồng", "Chủ tịch Hội đồng thẩm định là Giám đốc Sở Xây dựng."),
    ("hội đồng", "Phiên họp chỉ được tiến hành khi có tối thiểu 2/3 số thành viên tham dự."),
    ("hội đồng", "Thành viên có ý kiến khác có quyền bảo lưu ý kiến."),
    ("hội đồng", "Thành viên có quan hệ gia đình với chủ đầu tư không được biểu quyết."),
    (
        "hội đồng",
        "Kết quả được gửi cho chủ đầu tư bằng bản giấy hoặc bản điện tử trong thời hạn 10 ngày sau phiên họp.",
    ),
    ("hội đồng", "Chủ đầu tư không phải nộp lại hồ sơ đã thẩm định."),
    ("hội đồng", "Hội đồng quyết định theo đa số và làm việc theo chế độ tập thể."),
    ("hiệu lực", "Nghị định 25/2027/NĐ-CP có hiệu lực từ ngày 1/7/2027."),
    ("hiệu lực", "Nghị định có hiệu lực thi hành kể từ ngày 01/7/2027."),
    ("hiệu lực", "Nghị định 25/2027/NĐ-CP thay thế Nghị định số 41/2019/NĐ-CP ngày 15 tháng 5 năm 2019."),
    (
        "hiệu lực",
        "Giấy phép cấp trước ngày Nghị định có hiệu lực được tiếp tục sử dụng đến hết thời hạn ghi trên giấy phép.",
    ),
    ("hiệu lực", "Bộ Nội vụ có trách nhiệm hướng dẫn thi hành Nghị định."),
    ("hiệu lực", "Cục Kiểm tra văn bản được Bộ Tư pháp giao theo dõi việc ban hành văn bản quy định chi tiết."),
    (
        "hỗ trợ",
        "Mức hỗ trợ tối đa cho doanh nghiệp nhỏ là 30 triệu đồng một hợp đồng tư vấn, mỗi năm không quá 2 hợp đồng.",
    ),
    ("hỗ trợ", "Doanh nghiệp nhỏ được hỗ trợ không quá 30.000.000 đồng cho một hợp đồng tư vấn."),
    ("hỗ trợ", "Hộ kinh doanh chuyển thành doanh nghiệp được miễn lệ phí môn bài 3 năm đầu."),
    ("hỗ trợ", "Mọi hồ sơ phải nộp qua Cổng dịch vụ công quốc gia."),
    ("hỗ trợ", "Cơ quan tiếp nhận không yêu cầu nộp thêm bản giấy."),
    ("hỗ trợ", "Quỹ chỉ chi hỗ trợ khi đã được Hội đồng quản lý Quỹ phê duyệt."),
    ("hỗ trợ", "Người đứng đầu doanh nghiệp phải chịu trách nhiệm trước pháp luật về tính chính xác của hồ sơ."),
    ("hỗ trợ", "Theo Thông tư 14/2030/TT-BTC, hồ sơ phải được nộp qua Cổng dịch vụ công quốc gia."),
    (
        "hỗ trợ",
        "Under Circular 14/2030/TT-BTC of the Ministry of Finance, support is at most 30 million dong for a contract and is limited to 2 contracts in a year.",
    ),
    ("hiệu lực", "The decree is effective from July 1, 2027 and replaces Decree 41/2019/NĐ-CP."),
    ("kế hoạch", "By 2030 at least 85% of the rural households are to use clean water."),
    (
        "qd-1079-qd-ttg.md|## Mục tiêu cụ thể",
        "Đề án đặt mục tiêu 100% cơ quan hành chính nhà nước thực hiện cơ chế phát ngôn, cung cấp thông tin định kỳ cho báo chí về công tác quyền con người.",
    ),
    (
        "qd-1079-qd-ttg.md|## Mục tiêu cụ thể",
        "70% cán bộ chủ chốt của các tổ chức chính trị - xã hội ở trung ương và cấp tỉnh được tập huấn kiến thức và kỹ năng truyền thông.",
    ),
    (
        "qd-1079-qd-ttg.md|## Mục tiêu cụ thể",
        "Đề án phấn đấu biên soạn, xuất bản và tái bản 1000 đầu sách về quyền con người.",
    ),
    (
        "qd-1079-qd-ttg.md|## Mục tiêu cụ thể",
        "Sản phẩm bằng tiếng dân tộc thiểu số, tiếng nước ngoài và trên nền tảng số chiếm 15-20% tổng số sản phẩm truyền thông về quyền con người.",
    ),
    (
        "qd-1079-qd-ttg.md|## Mục tiêu cụ thể",
        "Chuỗi triển lãm ảnh, tư liệu lưu trữ được tổ chức tại 63 tỉnh, thành phố và một số địa bàn trọng điểm ở nước ngoài.",
    ),
    ("qd-1079-qd-ttg.md|# Điều 1. Phê duyệt Đề án", "Đề án được thực hiện trong giai đoạn 2023-2028."),
    ("qd-1079-qd-ttg.md|## Phạm vi trong nước", "Ở trong nước, Đề án được thực hiện tại 63 tỉnh, thành phố."),
    (
        "qd-1079-qd-ttg.md|## Nội dung truyền thông",
        "Bảy công ước cơ bản về quyền con người là ICCPR, ICESCR, CEDAW, CERD, CRC, CRPD và CAT.",
    ),
    (
        "qd-1079-qd-ttg.md|## Nội dung truyền thông",
        "Nội dung truyền thông chú trọng 7 công ước cơ bản về quyền con người mà Việt Nam là thành viên.",
    ),
    (
        "qd-1079-qd-ttg.md|## Chữ ký",
        "Phó Thủ tướng Thường trực Phạm Bình Minh ký thay Thủ tướng Quyết định 1079/QĐ-TTg.",
    ),
    ("qd-1079-qd-ttg.md|### Khoản 1", "Cùng với thông tin về quyền con người, phải phê phán các quan điểm sai trái."),
    (
        "qd-1079-qd-ttg.md|# Thể thức",
        "Quyết định số 1079/QĐ-TTg do Thủ tướng Chính phủ ban hành ngày 14 tháng 9 năm 2022 tại Hà Nội.",
    ),
    (
        "kl-57-kl-tw.md|## Đoạn 1",
        "Kết luận 57-KL/TW nêu hạn chế là chưa phản ánh đầy đủ, sâu sắc các thành tựu nổi bật.",
    ),
    (
        "kl-57-kl-tw.md|## Đoạn 1",
        "Một hạn chế là phối hợp trong hệ thống chính trị chưa chặt chẽ, chưa thống nhất và chưa đồng bộ.",
    ),
    (
        "kl-57-kl-tw.md|## Đoạn 1",
        "Một số cấp ủy, tổ chức đảng chưa nhận thức đủ tầm quan trọng của công tác thông tin đối ngoại.",
    ),
    ("kl-57-kl-tw.md|## Gạch 2", "Thông tin đối ngoại phải gắn kết, đồng bộ với thông tin đối nội."),
    (
        "kl-57-kl-tw.md|## Tính chất văn bản",
        "Kết luận 57-KL/TW không phải là văn bản quy phạm pháp luật mà là văn bản của Đảng.",
    ),
    (
        "kl-57-kl-tw.md|## Hội nghị toàn quốc quán triệt",
        "Hội nghị toàn quốc quán triệt Kết luận 57-KL/TW được tổ chức ngày 11 tháng 10 năm 2023 tại trụ sở Bộ Ngoại giao.",
    ),
    (
        "kl-57-kl-tw.md|## Quy chế của Ban Chỉ đạo công tác thông tin đối ngoại",
        "Thường trực Ban Chỉ đạo công tác thông tin đối ngoại họp 3 tháng một lần và Ban Chỉ đạo báo cáo 6 tháng một lần.",
    ),
    (
        "nd-72-2015-nd-cp.md|### Khoản 3",
        "Hoạt động thông tin đối ngoại không được kích động bạo lực, chiến tranh xâm lược hay thù hằn dân tộc.",
    ),
    ("nd-72-2015-nd-cp.md|### Khoản 4", "Thông tin đối ngoại phải chính xác, kịp thời và đúng định hướng."),
    (
        "nd-72-2015-nd-cp.md|# Thể thức",
        "Nghị định 72/2015/NĐ-CP có hiệu lực từ ngày 22 tháng 10 năm 2015 và do ông Nguyễn Tấn Dũng ký.",
    ),
    (
        "nd-72-2015-nd-cp.md|## Khoản 3~2",
        "Bộ Thông tin và Truyền thông, Bộ Công an và Bộ Ngoại giao tổng hợp dư luận báo chí nước ngoài và báo cho các cơ quan liên quan.",
    ),
    (
        "nq-47-nq-cp.md|### Khoản 1",
        "Chương trình hành động là căn cứ để 100% bộ, cơ quan ngang bộ, cơ quan thuộc Chính phủ và UBND cấp tỉnh lập kế hoạch riêng.",
    ),
    ("nq-47-nq-cp.md|## Nhiệm vụ, giải pháp", "Nghị quyết 47/NQ-CP có 5 nhóm nhiệm vụ, giải pháp."),
    (
        "nq-47-nq-cp.md|## Nguồn lực",
        "Nghị quyết 47/NQ-CP giao nghiên cứu bổ sung mục chi ngân sách nhà nước cho thông tin đối ngoại.",
    ),
    (
        "cv-5768-btttt-ttdn.md|## Phân vai tập huấn",
        "Ban Tuyên giáo Trung ương tập huấn cho báo cáo viên và tuyên truyền viên.",
    ),
    (
        "cv-5768-btttt-ttdn.md|## Điểm a",
        "Việc quán triệt, định hướng cơ quan báo chí do Bộ Thông tin và Truyền thông chủ trì, có sự phối hợp của Ban Tuyên giáo Trung ương và Bộ Công an.",
    ),
    (
        "tb-46-tb-tw.md|## Hoàn thiện pháp luật",
        "Thông báo 46-TB/TW yêu cầu tiếp tục hoàn thiện hệ thống pháp luật về quyền con người theo Hiến pháp 2013.",
    ),
    ("kl-16-kl-tw.md|## Văn bản triển khai", "Chỉ thị 21/CT-TTg ngày 6/8/2012 triển khai Kết luận 16-KL/TW."),
    ("nghỉ", "Công chức công tác đủ 12 tháng được nghỉ phép 14 ngày làm việc mỗi năm."),
    ("nghỉ", "Cứ 5 năm công tác, công chức được cộng thêm 1 ngày nghỉ phép."),
    ("nghỉ", "Người đứng đầu cơ quan không được từ chối cho nghỉ phép nếu không có lý do chính đáng."),
    ("nghỉ", "Công chức phải gửi đơn xin nghỉ trước tối thiểu ba ngày làm việc, trừ khi ốm đau đột xuất."),
    ("nghỉ", "Số ngày nghỉ chưa sử dụng có thể chuyển sang quý I năm sau nhưng tối đa 5 ngày."),
    ("nghỉ", "Theo Điều 12 Quyết định số 318/QĐ-SNV, người đứng đầu cơ quan quyết định việc nghỉ phép."),
    ("nghỉ", "Trừ trường hợp ốm đau đột xuất, đơn xin nghỉ phải được gửi trước ít nhất 3 ngày làm việc."),
    ("môi trường", "Chủ cơ sở phải phân loại chất thải rắn ngay tại nguồn."),
    ("môi trường", "Chất thải rắn chỉ được chuyển giao cho đơn vị có giấy phép."),
    ("môi trường", "Trước khi xả ra sông, hồ, nước thải sau xử lý phải đạt quy chuẩn."),
    (
        "môi trường",
        "Cơ sở xả thải từ 500 m3/ngày trở lên phải lắp hệ thống quan trắc tự động trước ngày 31 tháng 12 năm 2028.",
    ),
    (
        "môi trường",
        "Báo cáo công tác bảo vệ môi trường được gửi đến Sở Nông nghiệp và Môi trường và UBND cấp xã trước ngày 05/01 hằng năm.",
    ),
    ("môi trường", "Mức phạt tiền đối với cơ sở vi phạm là từ 20 triệu đồng đến 40 triệu đồng."),
    ("môi trường", "Nghị định 52/2026/NĐ-CP do Chính phủ ban hành ngày 30 tháng 6 năm 2026."),
    (
        "chỉ thị",
        "Các bộ, cơ quan ngang bộ phải rà soát, cắt giảm tối thiểu 30% thời gian giải quyết thủ tục hành chính trong năm 2031.",
    ),
    ("chỉ thị", "Thủ tướng yêu cầu Bộ Tài chính trình Chính phủ nghị định về hóa đơn trước ngày 20/10/2031."),
    (
        "chỉ thị",
        "Bộ Khoa học và Công nghệ chủ trì, Bộ Công an phối hợp bảo đảm an ninh mạng cho Cổng Dịch vụ công quốc gia.",
    ),
    ("chỉ thị", "UBND các tỉnh, thành phố không được ban hành thêm thủ tục trái thẩm quyền."),
    ("chỉ thị", "Ủy ban nhân dân các tỉnh chịu trách nhiệm trước Thủ tướng về kết quả thực hiện."),
    ("chỉ thị", "Văn phòng Chính phủ có trách nhiệm theo dõi, đôn đốc và báo cáo Thủ tướng Chính phủ hằng quý."),
    ("chỉ thị", "The ministries must cut at least 30 percent of the time for administrative procedures in 2031."),
    ("thư viện", "Bạn đọc được mượn nhiều nhất 5 tài liệu trong 15 ngày."),
    ("thư viện", "Mỗi lần bạn đọc được mượn tối đa năm tài liệu và được gia hạn một lần."),
    ("thư viện", "Bạn đọc được quyền khiếu nại nếu bị từ chối phục vụ."),
    ("thư viện", "Khi đọc tại chỗ, bạn đọc không phải trả phí."),
    ("thư viện", "Nếu làm mất tài liệu, bạn đọc phải bồi thường gấp hai lần giá bìa hoặc nộp lại đúng tài liệu đó."),
    ("thư viện", "Thư viện nên mở cửa cả ngày nghỉ cuối tuần."),
    (
        "qd-1079-qd-ttg.md|### Khoản 2",
        "Tuyên truyền về quyền con người phải làm đều đặn, lâu dài, không chỉ cho giai đoạn trước mắt.",
    ),
    (
        "qd-1079-qd-ttg.md|## Triển khai năm 2023",
        "Năm 2023, ba hội nghị tập huấn triển khai Đề án 1079 được tổ chức tại Quảng Nam, Kon Tum và Hòa Bình.",
    ),
    (
        "qd-1079-qd-ttg.md|## Kế hoạch riêng của tỉnh Quảng Nam",
        "Chỉ tiêu phát hiện, xử lý 90% tin giả, tin xấu độc là của kế hoạch tỉnh Quảng Nam, không phải của Quyết định 1079/QĐ-TTg.",
    ),
    ("kl-57-kl-tw.md|## Chữ ký", "Theo hồ sơ tra cứu, người ký Kết luận 57-KL/TW là bà Trương Thị Mai."),
    (
        "kl-57-kl-tw.md|## Gạch 1",
        "Thông tin đối ngoại thuộc ba kênh: đối ngoại Đảng, đối ngoại Nhà nước và đối ngoại nhân dân.",
    ),
    (
        "kl-57-kl-tw.md|## Quá trình ban hành",
        "Bộ Chính trị họp ngày 23 tháng 3 năm 2023 để xem xét báo cáo tổng kết 10 năm thực hiện Kết luận 16-KL/TW.",
    ),
    (
        "kl-16-kl-tw.md|## Sơ kết 5 năm",
        "Khi sơ kết 5 năm, đã có 61 tỉnh, thành phố lập Ban Chỉ đạo thông tin đối ngoại.",
    ),
    ("kl-16-kl-tw.md|## Ban Chỉ đạo khóa XI", "Ban Chỉ đạo khóa XI có 21 người, do ông Đinh Thế Huynh làm Trưởng Ban."),
    (
        "nq-47-nq-cp.md|## Yêu cầu",
        "Nghị quyết 47/NQ-CP yêu cầu phải coi không gian mạng là không gian mới của thông tin đối ngoại.",
    ),
    (
        "nq-47-nq-cp.md|## Hội nghị phổ biến tại Hòa Bình",
        "Hội nghị ngày 7/8/2024 tại Hòa Bình gắn với 14 tỉnh Trung du, miền núi Bắc Bộ.",
    ),
    (
        "nd-72-2015-nd-cp.md|## Khoản 2~2",
        "Bộ, ngành và UBND cấp tỉnh phải chủ động cung cấp lập luận, tài liệu khi nhận được thông tin sai lệch về Việt Nam.",
    ),
    (
        "ct-44-ct-tw.md|## Chỉ thị 12-CT/TW có trước",
        "Chỉ thị 12-CT/TW ngày 12/7/1992 nêu rằng quyền đi đôi với nghĩa vụ.",
    ),
    ("họp", "UBND xã họp thường kỳ mỗi tháng 1 lần."),
    (
        "họp",
        "Ủy ban nhân dân xã họp bất thường khi Chủ tịch quyết định hoặc khi có ít nhất 1/3 tổng số thành viên đề nghị.",
    ),
    ("họp", "Tài liệu họp phải gửi đến các thành viên trước ngày họp, chậm nhất 3 ngày làm việc."),
    ("họp", "Đại diện Mặt trận Tổ quốc Việt Nam xã có quyền phát biểu nhưng không được biểu quyết."),
    ("họp", "Khi bàn vấn đề có liên quan, đại diện Mặt trận Tổ quốc xã được mời dự họp."),
    (
        "họp",
        "Theo Nghị quyết 7/2029/NQ-HĐND, Ủy ban nhân dân xã họp thường kỳ mỗi tháng một lần. Tài liệu họp phải được gửi chậm nhất 03 ngày làm việc trước ngày họp.",
    ),
    ("đảng viên", "Các cấp ủy cần đổi mới sinh hoạt chi bộ và khắc phục tình trạng nể nang, né tránh."),
    ("đảng viên", "Đảng viên không được chia sẻ trên mạng xã hội những thông tin chưa kiểm chứng."),
    ("đảng viên", "Chỉ thị 12-CT/TU cấm đảng viên chia sẻ thông tin chưa kiểm chứng trên mạng xã hội."),
    ("đảng viên", "Việc kiểm tra thực hiện Chỉ thị do Ủy ban Kiểm tra Tỉnh ủy chủ trì."),
    ("đảng viên", "Ủy ban Kiểm tra Tỉnh ủy báo cáo Ban Thường vụ Tỉnh ủy vào tháng 12 hằng năm."),
    ("đảng viên", "Chi bộ được khuyến khích sử dụng sổ tay đảng viên điện tử."),
    (
        "đảng viên",
        "Chỉ thị số 12-CT/TU ngày 20 tháng 3 năm 2031 của Ban Thường vụ Tỉnh ủy Lâm Giang nói về nâng cao chất lượng sinh hoạt chi bộ.",
    ),
    ("đấu thầu", "Bảo đảm dự thầu có giá trị từ 1% đến 1,5% giá gói thầu."),
    (
        "đấu thầu",
        "Nhà thầu được hoàn trả bảo đảm dự thầu trong vòng tối đa 14 ngày kể từ ngày phê duyệt kết quả lựa chọn nhà thầu.",
    ),
    ("đấu thầu", "Nếu nhà thầu rút hồ sơ dự thầu sau thời điểm đóng thầu thì bảo đảm dự thầu không được hoàn trả."),
    ("đấu thầu", "Với gói thầu dưới 500 triệu đồng, không bắt buộc phải có bảo đảm dự thầu."),
    ("đấu thầu", "Trước khi mở thầu, bên mời thầu không được tiết lộ nội dung hồ sơ dự thầu."),
    ("đấu thầu", "Theo khoản 1 Điều 33 Nghị định 66/2028/NĐ-CP, giá trị bảo đảm dự thầu bằng 1-1,5% giá gói thầu."),
    (
        "nd-72-2015-nd-cp.md|### Khoản 2",
        "Hoạt động thông tin đối ngoại phải giữ bí mật nhà nước và không gây hại đến an ninh, trật tự.",
    ),
    (
        "nd-72-2015-nd-cp.md|# Điều 8. Thông tin quảng bá hình ảnh Việt Nam",
        "Thông tin quảng bá hình ảnh Việt Nam được cung cấp dưới 6 hình thức.",
    ),
    (
        "cv-5768-btttt-ttdn.md|## Hội nghị cung cấp thông tin cho báo chí",
        "Hằng tháng, Bộ Thông tin và Truyền thông cùng Bộ Công an duy trì hội nghị cung cấp thông tin cho báo chí.",
    ),
    ("hd-111-hd-btgtw.md|## Yêu cầu", "Việc học tập Kết luận 57-KL/TW phải nghiêm túc và hiệu quả."),
    (
        "tb-46-tb-tw.md|## Khác biệt giữa các nguồn",
        "Có bài báo ghi Thông báo 46-TB/TW là của Bộ Chính trị trong khi các nguồn khác ghi Ban Bí thư.",
    ),
    (
        "nq-47-nq-cp.md|## Kế hoạch của Bộ Tài chính",
        "Bộ Tài chính ban hành Quyết định số 1644/QĐ-BTC ngày 17 tháng 7 năm 2024 về kế hoạch thực hiện Nghị quyết 47/NQ-CP.",
    ),
    (
        "kl-57-kl-tw.md|# Nhiệm vụ, giải pháp",
        "Bộ Chính trị giao các cấp ủy, tổ chức đảng lãnh đạo thực hiện Kết luận 57-KL/TW.",
    ),
    (
        "qd-1079-qd-ttg.md|# Căn cứ",
        "Quyết định 1079/QĐ-TTg căn cứ Luật Báo chí ngày 5/4/2016 và Luật Tiếp cận thông tin ngày 6/4/2016.",
    ),
    ("qd-1079-qd-ttg.md|# Căn cứ", "Bộ trưởng Bộ Thông tin và Truyền thông đề nghị ban hành Quyết định 1079/QĐ-TTg."),
    (
        "qd-1079-qd-ttg.md|## Triển khai năm 2025",
        "Đến tháng 12 năm 2025, Bộ Thông tin và Truyền thông không còn là đầu mối thực hiện Đề án 1079.",
    ),
    ("qd-1079-qd-ttg.md|## Mục I. Quan điểm", "Phương châm của Đề án là lấy xây để chống, xây là chính."),
    ("nhà ở", "Người mua nhà ở xã hội phải chưa có nhà ở thuộc sở hữu của mình tại tỉnh có dự án."),
    ("nhà ở", "Thu nhập bình quân của người mua tối đa là 15 triệu đồng mỗi tháng."),
    ("nhà ở", "Nếu đã kết hôn, tổng thu nhập của hai vợ chồng không được vượt quá 30 triệu đồng."),
    ("nhà ở", "Một hộ gia đình chỉ được mua 01 căn nhà ở xã hội."),
    ("nhà ở", "Trong ít nhất 5 năm kể từ khi thanh toán hết tiền mua, người mua không được chuyển nhượng nhà."),
    ("nhà ở", "Chủ đầu tư phải công khai danh sách người được mua trên trang thông tin điện tử của Sở Xây dựng."),
    ("nhà ở", "Danh sách người được mua được công khai trên trang thông tin điện tử của Sở Xây dựng."),
    ("nhà ở", "Theo Điều 17 Nghị định số 90/2029/NĐ-CP, mỗi hộ gia đình chỉ được mua một căn nhà ở xã hội."),
    ("trường", "Trẻ em 6 tuổi được vào lớp một."),
    ("trường", "Trẻ khuyết tật có thể vào lớp một ở tuổi cao hơn nhưng tối đa 9 tuổi."),
    ("trường", "Việc tuyển sinh vào lớp một không tổ chức thi tuyển."),
    ("trường", "Nhà trường không được tổ chức thi tuyển vào lớp một."),
    ("trường", "Hồ sơ nhập học gồm đơn xin nhập học, bản sao giấy khai sinh, xác nhận cư trú."),
    ("trường", "Kết quả tuyển sinh được Hiệu trưởng thông báo trước ngày 31/7 hằng năm."),
    ("trường", "Phòng Văn hóa - Xã hội có nhiệm vụ giúp UBND xã kiểm tra tuyển sinh."),
    ("trường", "Quy chế tuyển sinh tiểu học được ban hành kèm theo Thông tư 8/2030/TT-BGDĐT ngày 4/3/2030."),
    ("tỉnh ủy", "Năm 2033, kinh tế của tỉnh tăng trưởng 8,2%, vượt mục tiêu 0,7 điểm phần trăm."),
    ("tỉnh ủy", "Thu ngân sách năm 2033 của tỉnh đạt 12.450 tỷ đồng."),
    ("tỉnh ủy", "Tỷ lệ giải ngân vốn đầu tư công đạt 61% kế hoạch và thấp hơn bình quân cả nước."),
    ("tỉnh ủy", "Sở Nội vụ được giao xây dựng đề án tinh giản biên chế và trình UBND tỉnh trong tháng 6/2034."),
    ("tỉnh ủy", "Các huyện ủy, thành ủy chỉ đạo hoàn thành việc sắp xếp trụ sở dôi dư trong quý 2 năm 2034."),
    (
        "tỉnh ủy",
        "Ban Nội chính Tỉnh ủy có trách nhiệm tham mưu Ban Thường vụ Tỉnh ủy cho ý kiến về các vụ án phức tạp.",
    ),
    (
        "kl-57-kl-tw.md|## Hiệu lực",
        "Kết luận 57-KL/TW có hiệu lực từ ngày 15 tháng 6 năm 2023, trùng với ngày ban hành.",
    ),
    (
        "qd-1079-qd-ttg.md|## Phạm vi ngoài nước",
        "Ở ngoài nước, ba loại địa bàn được nêu gồm nơi có đông người Việt Nam sinh sống, nơi ưu tiên phát triển quan hệ đối ngoại và nơi đặt trụ sở cơ quan quyền con người quốc tế.",
    ),
    (
        "cv-5768-btttt-ttdn.md|## Điểm b",
        "UBND cấp tỉnh phổ biến Quyết định 1079/QĐ-TTg tới cán bộ thuộc quyền quản lý.",
    ),
    ("xe", "Xe ô tô công chỉ được dùng vào mục đích công vụ."),
    ("xe", "Giá mua xe bố trí cho Chủ tịch UBND tỉnh tối đa là 950 triệu đồng một xe."),
    ("xe", "Nghiêm cấm cho thuê, cho mượn xe công."),
    ("xe", "Xe đã sử dụng hơn 15 năm thì được thanh lý."),
    ("xe", "Lái xe phải ghi nhật trình trong ngày."),
    ("xe", "Nhật trình phải được nộp cho bộ phận quản lý vào ngày 25 hằng tháng."),
    ("xe", "Không được sử dụng xe công vào việc riêng, cho thuê hoặc cho mượn."),
    ("xe", "Theo khoản 4 Điều 11, xe vận hành quá 250.000 km được thanh lý."),
    ("di tích", "Bộ trưởng Bộ Văn hóa, Thể thao và Du lịch quyết định xếp hạng di tích quốc gia."),
    ("di tích", "Chủ tịch UBND tỉnh quyết định xếp hạng di tích cấp tỉnh."),
    ("di tích", "Khi tu bổ di tích, phải giữ gìn tối đa các yếu tố gốc, không làm thay đổi cảnh quan."),
    ("di tích", "Người phát hiện di vật phải giao nộp cho cơ quan văn hóa gần nhất trong 7 ngày."),
    ("di tích", "Người giao nộp di vật có thể được thưởng đến 200 triệu đồng."),
    (
        "di tích",
        "Luật Di sản văn hóa năm 2024 quy định thẩm quyền xếp hạng di tích quốc gia thuộc Bộ trưởng Bộ Văn hóa, Thể thao và Du lịch.",
    ),
    (
        "đảng phí",
        "Mức đảng phí hằng tháng của đảng viên trong cơ quan hành chính là 1% tiền lương và các khoản phụ cấp.",
    ),
    ("đảng phí", "Chi bộ được giữ lại 30% đảng phí thu được và nộp 70% lên cấp trên."),
    ("đảng phí", "Đảng viên có hoàn cảnh đặc biệt khó khăn có thể được miễn hoặc giảm mức đóng."),
    ("đảng phí", "Cấp ủy cơ sở quyết định miễn hoặc giảm mức đóng cho đảng viên có hoàn cảnh đặc biệt khó khăn."),
    ("đảng phí", "Nếu chưa nộp trước ngày 10 tháng sau thì phải báo cáo bằng văn bản."),
    ("đảng phí", "Quy định 342-QĐ/TW về chế độ đảng phí do Bộ Chính trị ban hành ngày 28/12/2010."),
)

CORRUPTED: tuple[tuple[str, str, str], ...] = (
    # one figure
    ("figure", "phí", "Mức thu phí tham quan danh thắng là 45.000 đồng một người một lượt."),
    ("figure", "phí", "Học sinh, sinh viên được giảm 30% mức thu khi xuất trình thẻ còn hiệu lực."),
    ("figure", "phí", "Trẻ em dưới 16 tuổi được miễn phí tham quan."),
    ("figure", "phí", "Theo khoản 5 Điều 4, học sinh, sinh viên được giảm 50% mức thu."),
    ("figure", "thông tin", "Người phát ngôn của UBND tỉnh tổ chức họp báo định kỳ hai tháng một lần."),
    ("figure", "thông tin", "Cơ quan báo chí nên gửi câu hỏi trước ít nhất 05 ngày."),
    ("figure", "kế hoạch", "Đến năm 2030, tối thiểu 95% hộ gia đình ở nông thôn được sử dụng nước sạch."),
    ("figure", "kế hoạch", "Tổng kinh phí thực hiện là 25 tỷ đồng."),
    (
        "figure",
        "kế hoạch",
        "Tổng kinh phí là 2,5 tỷ đồng, trong đó ngân sách tỉnh 2,5 tỷ đồng, nguồn xã hội hóa 1,8 tỷ đồng và 900 triệu đồng khác.",
    ),
    ("figure", "hội đồng", "Hội đồng thẩm định gồm 19 thành viên."),
    ("figure", "hội đồng", "Phiên họp được tiến hành khi có ít nhất 1/2 số thành viên tham dự."),
    ("figure", "hỗ trợ", "Hộ kinh doanh chuyển thành doanh nghiệp được miễn lệ phí môn bài trong năm năm đầu."),
    ("figure", "hỗ trợ", "Support is at most 50 million dong for a contract of the enterprise."),
    ("figure", "kết luận", "Ban Tuyên giáo Tỉnh ủy hướng dẫn quán triệt Kết luận này trong quý II năm 2032."),
    (
        "figure",
        "qd-1079-qd-ttg.md|## Mục tiêu cụ thể",
        "Đề án đặt mục tiêu biên soạn, xuất bản, tái bản 10.000 đầu sách về quyền con người.",
    ),
    (
        "figure",
        "qd-1079-qd-ttg.md|## Phạm vi trong nước",
        "Phạm vi thực hiện Đề án ở trong nước là 34 tỉnh, thành phố.",
    ),
    ("figure", "nq-47-nq-cp.md|## Nhiệm vụ, giải pháp", "Nghị quyết 47/NQ-CP có sáu nhóm nhiệm vụ, giải pháp."),
    (
        "figure",
        "kl-57-kl-tw.md|## Quy chế của Ban Chỉ đạo công tác thông tin đối ngoại",
        "Ban Chỉ đạo công tác thông tin đối ngoại họp bốn tháng một lần.",
    ),
    # a figure of the source in the wrong place
    (
        "figure moved",
        "qd-1079-qd-ttg.md|## Mục tiêu cụ thể",
        "100% cán bộ chủ chốt của các tổ chức chính trị - xã hội ở trung ương và cấp tỉnh được tập huấn kiến thức và kỹ năng truyền thông.",
    ),
    (
        "figure moved",
        "qd-1079-qd-ttg.md|## Mục tiêu cụ thể",
        "70% cơ quan hành chính nhà nước thực hiện cơ chế phát ngôn, cung cấp thông tin định kỳ cho báo chí.",
    ),
    ("figure moved", "kế hoạch", "Tỷ lệ thất thoát nước không quá 85%."),
    ("figure moved", "kế hoạch", "Ngân sách tỉnh bố trí 700 triệu đồng, nguồn xã hội hóa 1,8 tỷ đồng."),
    (
        "figure moved",
        "kl-57-kl-tw.md|## Quy chế của Ban Chỉ đạo công tác thông tin đối ngoại",
        "Thường trực Ban Chỉ đạo công tác thông tin đối ngoại họp sáu tháng một lần.",
    ),
    # the unit
    (
        "unit",
        "phí",
        "Đơn vị thu phí phải nộp toàn bộ số tiền thu được vào Kho bạc Nhà nước trong thời hạn 05 tháng, trừ trường hợp bất khả kháng.",
    ),
    (
        "unit",
        "phí",
        "Đơn vị thu phí phải nộp toàn bộ số tiền thu được vào Kho bạc Nhà nước trong thời hạn 05 ngày, trừ trường hợp bất khả kháng.",
    ),
    (
        "unit",
        "thông tin",
        "Người phát ngôn phải cung cấp thông tin ban đầu cho báo chí chậm nhất 24 ngày kể từ khi vụ việc xảy ra.",
    ),
    ("unit", "thông tin", "Người phát ngôn của Ủy ban nhân dân tỉnh tổ chức họp báo định kỳ ba năm một lần."),
    ("unit", "kế hoạch", "Tổng kinh phí thực hiện là 2,5 triệu đồng."),
    ("unit", "kế hoạch", "Nguồn xã hội hóa là 700 tỷ đồng."),
    ("unit", "kế hoạch", "Tối thiểu 85 hộ gia đình ở nông thôn được sử dụng nước sạch đến năm 2030."),
    ("unit", "hội đồng", "Kết quả thẩm định được gửi cho chủ đầu tư trong vòng 10 tháng sau phiên họp."),
    ("unit", "hỗ trợ", "Doanh nghiệp nhỏ được hỗ trợ tối đa 30% cho một hợp đồng tư vấn."),
    ("unit", "hỗ trợ", "Hộ kinh doanh chuyển thành doanh nghiệp được miễn lệ phí môn bài trong ba tháng đầu."),
    ("unit", "hỗ trợ", "Doanh nghiệp nhỏ được hỗ trợ tối đa 30 triệu USD cho một hợp đồng tư vấn."),
    # dates and periods
    ("date", "hiệu lực", "Nghị định có hiệu lực thi hành từ ngày 01 tháng 8 năm 2027."),
    ("date", "hiệu lực", "Nghị định có hiệu lực thi hành từ ngày 10/4/2027."),
    ("date", "hiệu lực", "Nghị định có hiệu lực thi hành đến ngày 01/7/2027."),
    ("date", "hiệu lực", "The decree is effective from July 1, 2026."),
    ("date", "kết luận", "Đảng ủy Ủy ban nhân dân tỉnh báo cáo Ban Thường vụ Tỉnh ủy sau ngày 30/9/2032."),
    ("date", "kết luận", "Kế hoạch được xây dựng cho giai đoạn 2032-2036."),
    ("date", "kế hoạch", "Sở Nông nghiệp và Môi trường báo cáo Ủy ban nhân dân tỉnh trước ngày 25 tháng 12 hằng năm."),
    ("date", "kế hoạch", "Từ năm 2030, tối thiểu 85% hộ gia đình ở nông thôn được sử dụng nước sạch."),
    ("date", "phí", "Nghị quyết 18/2031/NQ-HĐND được ban hành ngày 12/8/2031."),
    ("date", "qd-1079-qd-ttg.md|# Điều 1. Phê duyệt Đề án", "Thời gian thực hiện Đề án là giai đoạn 2022-2028."),
    ("date", "qd-1079-qd-ttg.md|# Thể thức", "Quyết định 1079/QĐ-TTg được ban hành ngày 14/9/2023."),
    ("date", "nd-72-2015-nd-cp.md|# Thể thức", "Nghị định 72/2015/NĐ-CP có hiệu lực từ ngày 20/9/2015."),
    (
        "date",
        "kl-57-kl-tw.md|## Hội nghị toàn quốc quán triệt",
        "Hội nghị toàn quốc quán triệt Kết luận 57-KL/TW diễn ra ngày 10/11/2023.",
    ),
    # numbers of documents
    ("number", "hiệu lực", "Nghị định này thay thế Nghị định 14/2019/NĐ-CP ngày 15/5/2019."),
    ("number", "hiệu lực", "Nghị định 25/2027/NĐ-CP thay thế Nghị định 41/2018/NĐ-CP."),
    ("number", "phí", "Nghị quyết 81/2031/NQ-HĐND quy định phí tham quan danh thắng."),
    ("number", "thông tin", "Quy chế phát ngôn được ban hành theo Quyết định 250/QĐ-UBND."),
    ("number", "thông tin", "Quy chế phát ngôn được ban hành theo Quyết định số 502 của Ủy ban nhân dân tỉnh."),
    ("number", "kết luận", "Kết luận 88-KL/TW nêu một số cấp ủy chưa quan tâm đúng mức đến chuyển đổi số."),
    (
        "number",
        "kl-16-kl-tw.md|## Văn bản triển khai",
        "Chỉ thị 12/CT-TTg ngày 06/8/2012 triển khai Kết luận 16-KL/TW.",
    ),
    ("number", "kl-57-kl-tw.md|## Đoạn 1", "Kết luận 57-KL/TW tổng kết 10 năm thực hiện Kết luận 61-KL/TW."),
    ("number", "hiệu lực", "The decree replaces Decree 41/2009/NĐ-CP and is effective from July 1, 2027."),
    # bodies, places, persons
    ("body", "phí", "Sở Nội vụ chủ trì, phối hợp với Sở Văn hóa và Thể thao kiểm tra việc thu phí."),
    ("body", "phí", "Nghị quyết của Hội đồng nhân dân tỉnh Lâm Đồng quy định phí tham quan danh thắng."),
    ("body", "thông tin", "Người phát ngôn của Tỉnh ủy tổ chức họp báo định kỳ ba tháng một lần."),
    ("body", "thông tin", "Người phát ngôn có thể ủy quyền cho Chánh Thanh tra tỉnh phát ngôn."),
    ("body", "kết luận", "Ban Tổ chức Tỉnh ủy hướng dẫn quán triệt Kết luận này trong quý III năm 2032."),
    ("body", "kế hoạch", "Sở Xây dựng là cơ quan thường trực, tổng hợp, báo cáo Ủy ban nhân dân tỉnh."),
    ("body", "hội đồng", "Hội đồng thẩm định do Giám đốc Sở Tài chính làm Chủ tịch."),
    ("body", "hiệu lực", "Bộ Ngoại giao hướng dẫn thi hành Nghị định."),
    ("body", "hiệu lực", "Bộ Quốc phòng giao Cục Kiểm tra văn bản theo dõi việc ban hành văn bản quy định chi tiết."),
    (
        "body",
        "hỗ trợ",
        "Under the circular of the Ministry of Health, support is at most 30 million dong for a contract.",
    ),
    (
        "body",
        "qd-1079-qd-ttg.md|## Chữ ký",
        "Người ký Quyết định 1079/QĐ-TTg là Phó Thủ tướng Thường trực Trương Hòa Bình.",
    ),
    (
        "body",
        "qd-1079-qd-ttg.md|## Phạm vi ngoài nước",
        "Các địa bàn ngoài nước được nêu tên là New York, Geneva và Tokyo.",
    ),
    (
        "body",
        "kl-57-kl-tw.md|## Hội nghị toàn quốc quán triệt",
        "Hội nghị toàn quốc quán triệt Kết luận 57-KL/TW diễn ra tại trụ sở Bộ Quốc phòng.",
    ),
    # a body of the source in the wrong place
    (
        "body moved",
        "cv-5768-btttt-ttdn.md|## Phân vai tập huấn",
        "Bộ Thông tin và Truyền thông tập huấn cho báo cáo viên, tuyên truyền viên.",
    ),
    (
        "body moved",
        "cv-5768-btttt-ttdn.md|## Phân vai tập huấn",
        "Ban Tuyên giáo Trung ương tập huấn cho cán bộ thông tin đối ngoại, phóng viên, biên tập viên.",
    ),
    ("body moved", "kết luận", "Văn phòng Tỉnh ủy hướng dẫn quán triệt Kết luận này trong quý III năm 2032."),
    ("body moved", "kế hoạch", "Sở Tài chính là cơ quan thường trực, tổng hợp, báo cáo Ủy ban nhân dân tỉnh."),
    ("body moved", "hiệu lực", "Bộ Tư pháp hướng dẫn thi hành Nghị định."),
    # order: who does what to whom
    (
        "order",
        "phí",
        "Sở Văn hóa và Thể thao chủ trì, phối hợp với Sở Tài chính kiểm tra việc thu phí ít nhất 02 lần mỗi năm.",
    ),
    ("order", "thông tin", "Chánh Văn phòng Ủy ban nhân dân tỉnh có thể ủy quyền cho Người phát ngôn phát ngôn."),
    ("order", "kết luận", "Ban Thường vụ Tỉnh ủy báo cáo Đảng ủy Ủy ban nhân dân tỉnh trước ngày 30/9/2032."),
    ("order", "hiệu lực", "Cục Kiểm tra văn bản giao Bộ Tư pháp theo dõi việc ban hành văn bản quy định chi tiết."),
    ("order", "hiệu lực", "Nghị định 41/2019/NĐ-CP thay thế Nghị định 25/2027/NĐ-CP."),
    ("order", "kl-16-kl-tw.md|## Tổng kết 10 năm", "Kết luận 16-KL/TW tổng kết 10 năm thực hiện Kết luận 57-KL/TW."),
    (
        "order",
        "nq-47-nq-cp.md|## Kế hoạch của Bộ Tài chính",
        "Nghị quyết 47/NQ-CP là kế hoạch thực hiện Quyết định 1644/QĐ-BTC.",
    ),
    ("order", "kế hoạch", "Ủy ban nhân dân tỉnh báo cáo Sở Nông nghiệp và Môi trường trước ngày 15 tháng 12 hằng năm."),
    (
        "order",
        "cv-5768-btttt-ttdn.md|## Điểm a",
        "Bộ Công an phối hợp với Ban Tuyên giáo Trung ương, Bộ Thông tin và Truyền thông, các cơ quan báo chí trong việc quán triệt, định hướng báo chí.",
    ),
    # negation
    ("negation", "thông tin", "Người được ủy quyền được ủy quyền lại cho người khác."),
    ("negation", "thông tin", "Việc ủy quyền không phải thể hiện bằng văn bản."),
    ("negation", "cấm", "Được sử dụng thiết bị đã hết hạn kiểm định."),
    ("negation", "cấm", "Kiểm định viên cung cấp thông tin sai sự thật về kết quả kiểm định."),
    ("negation", "cấm", "Cơ sở có thể tẩy xóa, sửa chữa giấy chứng nhận kiểm định."),
    ("negation", "kết luận", "Một số cấp ủy đã quan tâm đúng mức đến công tác chuyển đổi số."),
    ("negation", "kết luận", "Chuyển đổi số không phải đi đôi với bảo đảm an toàn thông tin."),
    ("negation", "phí", "Trẻ em dưới 6 tuổi không được miễn phí."),
    ("negation", "phí", "Học sinh, sinh viên không được giảm 50% mức thu khi xuất trình thẻ còn hiệu lực."),
    ("negation", "hội đồng", "Thành viên có quan hệ gia đình với chủ đầu tư được tham gia biểu quyết."),
    ("negation", "hội đồng", "Chủ đầu tư phải nộp lại hồ sơ đã được thẩm định."),
    ("negation", "hội đồng", "Thành viên có ý kiến khác không được bảo lưu."),
    ("negation", "hỗ trợ", "Cơ quan tiếp nhận yêu cầu nộp thêm bản giấy."),
    ("negation", "hiệu lực", "Giấy phép đã cấp trước ngày Nghị định này có hiệu lực không được tiếp tục sử dụng."),
    (
        "negation",
        "nd-72-2015-nd-cp.md|### Khoản 3",
        "Hoạt động thông tin đối ngoại được kích động bạo lực, chiến tranh xâm lược.",
    ),
    (
        "negation",
        "nd-72-2015-nd-cp.md|### Khoản 2",
        "Hoạt động thông tin đối ngoại gây hại đến an ninh, trật tự, uy tín.",
    ),
    ("negation", "kl-57-kl-tw.md|## Tính chất văn bản", "Kết luận 57-KL/TW là văn bản quy phạm pháp luật của Đảng."),
    ("negation", "kl-57-kl-tw.md|## Đoạn 1", "Phối hợp trong hệ thống chính trị chặt chẽ, thống nhất, đồng bộ."),
    (
        "negation",
        "qd-1079-qd-ttg.md|# Căn cứ",
        "Trong bảy căn cứ đã thấy của Quyết định 1079/QĐ-TTg có Chỉ thị 44-CT/TW và Thông báo 46-TB/TW.",
    ),
    (
        "negation",
        "qd-1079-qd-ttg.md|## Kế hoạch riêng của tỉnh Quảng Nam",
        "Phát hiện, xử lý 90% tin giả, tin xấu độc là chỉ tiêu đã thấy trong Quyết định 1079/QĐ-TTg.",
    ),
    # may, must, should
    ("modality", "thông tin", "Người phát ngôn phải ủy quyền cho Chánh Văn phòng Ủy ban nhân dân tỉnh phát ngôn."),
    (
        "modality",
        "thông tin",
        "Khi xảy ra vụ việc đột xuất, Người phát ngôn có thể cung cấp thông tin ban đầu cho báo chí.",
    ),
    ("modality", "thông tin", "Cơ quan báo chí phải gửi câu hỏi trước ít nhất 03 ngày."),
    ("modality", "thông tin", "Việc ủy quyền nên được thể hiện bằng văn bản."),
    (
        "modality",
        "phí",
        "Đơn vị thu phí có thể nộp toàn bộ số tiền thu được vào Kho bạc Nhà nước trong thời hạn 05 ngày làm việc, trừ trường hợp bất khả kháng.",
    ),
    ("modality", "hỗ trợ", "Hồ sơ có thể nộp qua Cổng dịch vụ công quốc gia."),
    ("modality", "hỗ trợ", "Hồ sơ nên nộp qua Cổng dịch vụ công quốc gia."),
    ("modality", "hội đồng", "Thành viên có ý kiến khác phải bảo lưu."),
    ("modality", "kết luận", "Chuyển đổi số có thể lấy người dân làm trung tâm."),
    ("modality", "nd-72-2015-nd-cp.md|### Khoản 4", "Thông tin đối ngoại nên chính xác, kịp thời, đúng định hướng."),
    (
        "modality",
        "kl-57-kl-tw.md|## Gạch 2",
        "Thông tin đối ngoại và thông tin đối nội có thể gắn kết, đồng bộ, có trọng điểm.",
    ),
    (
        "modality",
        "nd-72-2015-nd-cp.md|## Khoản 2~2",
        "Khi nhận được thông tin sai lệch về Việt Nam, bộ, ngành, Ủy ban nhân dân cấp tỉnh có quyền chủ động cung cấp lập luận, tài liệu.",
    ),
    # at least and at most, before and after, all and some, only, except, or
    ("bound", "kế hoạch", "Mỗi năm mở tối đa 12 lớp tập huấn cho cán bộ cấp xã."),
    ("bound", "kế hoạch", "Đến năm 2030, không quá 85% hộ gia đình ở nông thôn được sử dụng nước sạch."),
    ("bound", "kế hoạch", "Tỷ lệ thất thoát nước không dưới 15%."),
    ("bound", "hỗ trợ", "Doanh nghiệp nhỏ được hỗ trợ ít nhất 30 triệu đồng cho một hợp đồng tư vấn."),
    ("bound", "phí", "Sở Tài chính chủ trì kiểm tra việc thu phí không quá 02 lần mỗi năm."),
    ("bound", "phí", "Trẻ em trên 6 tuổi được miễn phí."),
    ("bound", "hội đồng", "Phiên họp chỉ được tiến hành khi có nhiều nhất 2/3 số thành viên tham dự."),
    ("bound", "kế hoạch", "Đến năm 2030, 85% hộ gia đình ở nông thôn được sử dụng nước sạch."),
    (
        "before",
        "hội đồng",
        "Kết quả thẩm định được gửi cho chủ đầu tư bằng bản giấy hoặc bản điện tử trong vòng 10 ngày trước phiên họp.",
    ),
    ("before", "hỗ trợ", "Quỹ chỉ chi hỗ trợ trước khi Hội đồng quản lý Quỹ phê duyệt."),
    (
        "before",
        "hiệu lực",
        "Giấy phép đã cấp sau ngày Nghị định này có hiệu lực được tiếp tục sử dụng đến hết thời hạn.",
    ),
    ("all", "kết luận", "Tất cả cấp ủy chưa quan tâm đúng mức đến công tác chuyển đổi số."),
    ("all", "kết luận", "Các cấp ủy chưa quan tâm đúng mức đến công tác chuyển đổi số."),
    ("all", "hỗ trợ", "Một số hồ sơ phải nộp qua Cổng dịch vụ công quốc gia."),
    (
        "all",
        "phí",
        "Đơn vị thu phí phải nộp một phần số tiền thu được vào Kho bạc Nhà nước trong thời hạn 05 ngày làm việc, trừ trường hợp bất khả kháng.",
    ),
    (
        "all",
        "qd-1079-qd-ttg.md|## Mục tiêu cụ thể",
        "Triển lãm ảnh, tư liệu lưu trữ được tổ chức tại 63 tỉnh, thành phố và tất cả địa bàn trọng điểm ở nước ngoài.",
    ),
    ("only", "phí", "Chỉ học sinh, sinh viên được giảm 50% mức thu."),
    (
        "only",
        "hội đồng",
        "Phiên họp được tiến hành khi có ít nhất 2/3 số thành viên tham dự hoặc theo yêu cầu của Chủ tịch.",
    ),
    (
        "except",
        "phí",
        "Đơn vị thu phí phải nộp toàn bộ số tiền thu được vào Kho bạc Nhà nước trong thời hạn 05 ngày làm việc.",
    ),
    ("except", "hỗ trợ", "Tất cả hồ sơ phải nộp qua Cổng dịch vụ công quốc gia, trừ hồ sơ của hộ kinh doanh."),
    ("or", "hội đồng", "Kết quả thẩm định được gửi cho chủ đầu tư bằng bản giấy và bản điện tử."),
    ("or", "phí", "Học sinh hoặc sinh viên được giảm 50% mức thu."),
    ("opposite", "kl-57-kl-tw.md|## Gạch 1", "Thông tin đối ngoại do Nhà nước lãnh đạo, làm liên tục và ngắn hạn."),
    (
        "opposite",
        "qd-1079-qd-ttg.md|## Phạm vi trong nước",
        "Phạm vi thực hiện Đề án ở ngoài nước là 63 tỉnh, thành phố.",
    ),
    (
        "opposite",
        "qd-1079-qd-ttg.md|## Mục tiêu cụ thể",
        "Mục tiêu của Đề án là tăng thông tin sai lệch, tin giả về quyền con người trên mạng.",
    ),
    (
        "opposite",
        "nq-47-nq-cp.md|## Nhiệm vụ, giải pháp",
        "Nhóm nhiệm vụ thứ nhất của Nghị quyết 47/NQ-CP: đổi mới tư duy, nội dung, phương thức và cách làm thông tin đối ngoại.",
    ),
    # a word of a quotation
    ("quote", "kết luận", "Theo Kết luận, chuyển đổi số “phải lấy doanh nghiệp làm trung tâm”."),
    ("quote", "kết luận", "Kết luận nêu “nguồn lực đầu tư còn rất dàn trải”."),
    ("quote", "thông tin", "Quy chế ghi “Người được ủy quyền được ủy quyền lại cho người khác”."),
    ("quote", "kl-57-kl-tw.md|## Phương châm", "Phương châm là “chủ động, đồng bộ, kịp thời, linh hoạt, hiệu quả”."),
    ("quote", "hỗ trợ", 'Thông tư nêu "tất cả hồ sơ phải nộp trực tiếp".'),
    ("quote", "hiệu lực", "The decree says “Nghị định này có hiệu lực từ ngày ký”."),
    # an added claim
    ("added", "phí", "Trẻ em dưới 6 tuổi được miễn phí, người cao tuổi và người khuyết tật cũng được miễn."),
    ("added", "phí", "Đơn vị thu phí vi phạm sẽ bị xử phạt hành chính và thu hồi giấy phép kinh doanh."),
    (
        "added",
        "thông tin",
        "Người phát ngôn có thể ủy quyền cho Chánh Văn phòng Ủy ban nhân dân tỉnh phát ngôn qua mạng xã hội và truyền hình trực tiếp.",
    ),
    (
        "added",
        "hội đồng",
        "Thành viên Hội đồng thẩm định được hưởng phụ cấp trách nhiệm hằng tháng theo quy định của pháp luật.",
    ),
    (
        "added",
        "hiệu lực",
        "Bộ Nội vụ hướng dẫn thi hành Nghị định và tổ chức kiểm tra định kỳ tại các địa phương biên giới.",
    ),
    (
        "added",
        "hỗ trợ",
        "Doanh nghiệp nhỏ được hỗ trợ tối đa 30 triệu đồng cho một hợp đồng tư vấn, ưu tiên doanh nghiệp do phụ nữ làm chủ.",
    ),
    (
        "added",
        "kế hoạch",
        "Sở Tài chính tham mưu bố trí kinh phí từ nguồn vốn vay nước ngoài và trái phiếu chính quyền.",
    ),
    (
        "added",
        "kl-71-kl-tw.md|## Tên văn bản",
        "Kết luận 71-KL/TW đề ra ba đột phá về ngoại giao kinh tế và hội nhập quốc tế.",
    ),
    (
        "added",
        "qd-1079-qd-ttg.md|## Chữ ký",
        "Phó Thủ tướng Phạm Bình Minh ký Quyết định 1079/QĐ-TTg trong chuyến thăm chính thức châu Âu.",
    ),
    ("figure", "nghỉ", "Công chức công tác đủ 12 tháng được nghỉ phép năm 12 ngày làm việc."),
    ("figure", "nghỉ", "Cứ 03 năm công tác được cộng thêm 01 ngày nghỉ phép."),
    ("unit", "nghỉ", "Công chức được nghỉ phép năm 14 ngày khi có thời gian công tác từ đủ 12 tháng."),
    ("unit", "nghỉ", "Công chức có thời gian công tác từ đủ 12 năm được nghỉ phép năm 14 ngày làm việc."),
    ("negation", "nghỉ", "Người đứng đầu cơ quan được từ chối nếu không có lý do chính đáng."),
    ("except", "nghỉ", "Mọi công chức phải gửi đơn xin nghỉ trước ít nhất 03 ngày làm việc."),
    ("modality", "nghỉ", "Ngày nghỉ chưa sử dụng phải được chuyển sang quý I năm sau liền kề."),
    ("negation", "nghỉ", "Ngày nghỉ đã sử dụng có thể được chuyển sang quý I năm sau liền kề."),
    (
        "modality",
        "nghỉ",
        "Công chức nên gửi đơn xin nghỉ trước ít nhất 03 ngày làm việc, trừ trường hợp ốm đau đột xuất.",
    ),
    (
        "bound",
        "nghỉ",
        "Công chức phải gửi đơn xin nghỉ trước không quá 03 ngày làm việc, trừ trường hợp ốm đau đột xuất.",
    ),
    ("figure", "nghỉ", "Ngày nghỉ chưa sử dụng có thể được chuyển sang quý II năm sau liền kề."),
    ("added", "nghỉ", "Người đứng đầu cơ quan quyết định việc nghỉ phép và thông báo cho công đoàn cơ sở."),
    ("before", "môi trường", "Nước thải phải đạt quy chuẩn sau khi xả ra sông, hồ."),
    ("bound", "môi trường", "Cơ sở có lưu lượng xả dưới 500 m3/ngày phải lắp đặt hệ thống quan trắc tự động."),
    ("date", "môi trường", "Cơ sở phải lắp đặt hệ thống quan trắc tự động trước ngày 31/12/2026."),
    ("date", "môi trường", "Chủ cơ sở gửi báo cáo công tác bảo vệ môi trường trước ngày 05 tháng 11 hằng năm."),
    ("figure", "môi trường", "Cơ sở vi phạm bị phạt tiền từ 20.000.000 đồng đến 400.000.000 đồng."),
    ("unit", "môi trường", "Cơ sở vi phạm bị phạt tiền từ 20 nghìn đồng đến 40 nghìn đồng."),
    ("only", "môi trường", "Chủ cơ sở được chuyển giao chất thải rắn cho đơn vị không có giấy phép."),
    ("only", "môi trường", "Chất thải rắn được chuyển giao cho đơn vị có giấy phép hoặc tự xử lý."),
    (
        "body",
        "môi trường",
        "Chủ cơ sở gửi báo cáo công tác bảo vệ môi trường đến Sở Xây dựng và Ủy ban nhân dân cấp xã.",
    ),
    ("negation", "môi trường", "Chủ cơ sở không phải phân loại chất thải rắn tại nguồn."),
    (
        "modality",
        "môi trường",
        "Cơ sở có lưu lượng xả từ 500 m3/ngày trở lên có thể lắp đặt hệ thống quan trắc tự động.",
    ),
    ("added", "môi trường", "Cơ sở vi phạm bị phạt tiền và bị đình chỉ hoạt động từ sáu tháng."),
    (
        "figure",
        "chỉ thị",
        "Các bộ, cơ quan ngang bộ cắt giảm ít nhất 50% thời gian giải quyết thủ tục hành chính trong năm 2031.",
    ),
    ("date", "chỉ thị", "Các bộ cắt giảm ít nhất 30% thời gian giải quyết thủ tục hành chính trong năm 2030."),
    (
        "order",
        "chỉ thị",
        "Bộ Công an chủ trì, phối hợp với Bộ Khoa học và Công nghệ bảo đảm an ninh mạng cho Cổng Dịch vụ công quốc gia.",
    ),
    ("order", "chỉ thị", "Chính phủ trình Bộ Tài chính nghị định về hóa đơn trước ngày 20 tháng 10 năm 2031."),
    ("body", "chỉ thị", "Bộ Công thương trình Chính phủ nghị định về hóa đơn trước ngày 20 tháng 10 năm 2031."),
    ("body moved", "chỉ thị", "Bộ Công an trình Chính phủ nghị định về hóa đơn trước ngày 20 tháng 10 năm 2031."),
    ("negation", "chỉ thị", "Ủy ban nhân dân các tỉnh, thành phố ban hành thêm thủ tục trái thẩm quyền."),
    ("opposite", "chỉ thị", "Văn phòng Chính phủ báo cáo Thủ tướng Chính phủ hằng năm."),
    (
        "bound",
        "chỉ thị",
        "The ministries must cut at most 30 percent of the time for administrative procedures in 2031.",
    ),
    ("order", "chỉ thị", "Thủ tướng Chính phủ chịu trách nhiệm trước Ủy ban nhân dân các tỉnh về kết quả thực hiện."),
    ("bound", "thư viện", "Bạn đọc được mượn ít nhất 05 tài liệu trong thời hạn 15 ngày."),
    ("unit", "thư viện", "Bạn đọc được mượn tối đa 05 tài liệu trong thời hạn 15 tuần."),
    ("figure", "thư viện", "Bạn đọc làm mất tài liệu phải bồi thường gấp 03 lần giá bìa."),
    ("negation", "thư viện", "Bạn đọc phải trả phí khi đọc tại chỗ."),
    ("negation", "thư viện", "Bạn đọc không được gia hạn."),
    ("negation", "thư viện", "Bạn đọc không có quyền khiếu nại khi bị từ chối phục vụ."),
    ("modality", "thư viện", "Thư viện phải mở cửa vào ngày nghỉ cuối tuần."),
    ("or", "thư viện", "Bạn đọc làm mất tài liệu phải bồi thường gấp 02 lần giá bìa và nộp lại đúng tài liệu đó."),
    ("quote", "thư viện", "Quy định ghi “bạn đọc phải trả phí khi đọc tại chỗ”."),
    ("figure", "qd-1079-qd-ttg.md|## Triển khai năm 2023", "Năm 2023 có bốn hội nghị tập huấn triển khai Đề án 1079."),
    (
        "body",
        "qd-1079-qd-ttg.md|## Triển khai năm 2023",
        "Ba hội nghị tập huấn được tổ chức tại Quảng Ninh, Kon Tum và Hòa Bình.",
    ),
    ("negation", "qd-1079-qd-ttg.md|### Khoản 2", "Tuyên truyền về quyền con người chỉ cho giai đoạn trước mắt."),
    (
        "body",
        "qd-1079-qd-ttg.md|## Kế hoạch riêng của tỉnh Quảng Nam",
        "Phát hiện, xử lý 90% tin giả là chỉ tiêu trong kế hoạch riêng của tỉnh Quảng Trị.",
    ),
    (
        "order",
        "kl-57-kl-tw.md|## Nghị quyết của Chính phủ thực hiện Kết luận",
        "Kết luận 57-KL/TW cụ thể hóa năm nhiệm vụ của Nghị quyết 47/NQ-CP.",
    ),
    (
        "body",
        "kl-16-kl-tw.md|## Ban Chỉ đạo khóa XI",
        "Trưởng Ban Chỉ đạo công tác thông tin đối ngoại khóa XII là Đinh Thế Huynh.",
    ),
    (
        "date",
        "kl-57-kl-tw.md|## Quá trình ban hành",
        "Ngày 15/6/2023, Bộ Chính trị họp xem xét báo cáo tổng kết 10 năm thực hiện Kết luận 16-KL/TW.",
    ),
    (
        "figure",
        "kl-16-kl-tw.md|## Sơ kết 5 năm",
        "Khi sơ kết 5 năm, 63 tỉnh, thành phố đã có Ban Chỉ đạo thông tin đối ngoại.",
    ),
    (
        "number",
        "ct-44-ct-tw.md|## Chỉ thị 12-CT/TW có trước",
        "Chỉ thị 21-CT/TW ngày 12/7/1992 nêu quyền đi đôi với nghĩa vụ.",
    ),
    ("figure", "họp", "Ủy ban nhân dân xã họp thường kỳ mỗi tháng hai lần."),
    ("figure", "họp", "Ủy ban nhân dân xã họp bất thường theo đề nghị của ít nhất một phần hai tổng số thành viên."),
    ("unit", "họp", "Ủy ban nhân dân xã họp thường kỳ mỗi quý một lần."),
    ("body", "họp", "Họp bất thường khi Bí thư Đảng ủy xã quyết định."),
    ("before", "họp", "Tài liệu họp phải được gửi đến các thành viên chậm nhất 03 ngày làm việc sau ngày họp."),
    ("negation", "họp", "Đại diện Mặt trận Tổ quốc Việt Nam xã có quyền phát biểu và biểu quyết."),
    ("modality", "họp", "Tài liệu họp có thể được gửi đến các thành viên trước ngày họp."),
    (
        "or",
        "họp",
        "Họp bất thường khi Chủ tịch Ủy ban nhân dân xã quyết định và theo đề nghị của ít nhất một phần ba tổng số thành viên.",
    ),
    ("negation", "đảng viên", "Đảng viên được chia sẻ thông tin chưa kiểm chứng trên mạng xã hội."),
    ("negation", "đảng viên", "Đảng viên không được chia sẻ thông tin đã kiểm chứng trên mạng xã hội."),
    ("body", "đảng viên", "Ban Nội chính Tỉnh ủy chủ trì kiểm tra việc thực hiện Chỉ thị này."),
    ("order", "đảng viên", "Ban Thường vụ Tỉnh ủy báo cáo Ủy ban Kiểm tra Tỉnh ủy vào tháng 12 hằng năm."),
    ("date", "đảng viên", "Ủy ban Kiểm tra Tỉnh ủy báo cáo Ban Thường vụ Tỉnh ủy vào tháng 6 hằng năm."),
    ("modality", "đảng viên", "Chi bộ phải sử dụng sổ tay đảng viên điện tử."),
    (
        "modality",
        "đảng viên",
        "Các cấp ủy có thể đổi mới sinh hoạt chi bộ, nâng cao chất lượng tự phê bình và phê bình.",
    ),
    ("number", "đảng viên", "Chỉ thị 21-CT/TU nói về nâng cao chất lượng sinh hoạt chi bộ."),
    ("figure", "đấu thầu", "Giá trị bảo đảm dự thầu từ 1% đến 5% giá gói thầu."),
    ("unit", "đấu thầu", "Nhà thầu được hoàn trả bảo đảm dự thầu trong thời hạn không quá 14 ngày làm việc."),
    (
        "bound",
        "đấu thầu",
        "Nhà thầu được hoàn trả bảo đảm dự thầu sau ít nhất 14 ngày kể từ ngày kết quả lựa chọn nhà thầu được phê duyệt.",
    ),
    ("negation", "đấu thầu", "Bảo đảm dự thầu được hoàn trả khi nhà thầu rút hồ sơ dự thầu sau thời điểm đóng thầu."),
    (
        "before",
        "đấu thầu",
        "Bảo đảm dự thầu không được hoàn trả khi nhà thầu rút hồ sơ dự thầu trước thời điểm đóng thầu.",
    ),
    ("bound", "đấu thầu", "Gói thầu trên 500 triệu đồng không bắt buộc bảo đảm dự thầu."),
    ("negation", "đấu thầu", "Gói thầu dưới 500 triệu đồng bắt buộc bảo đảm dự thầu."),
    ("negation", "đấu thầu", "Bên mời thầu được tiết lộ nội dung hồ sơ dự thầu trước khi mở thầu."),
    ("body moved", "đấu thầu", "Nhà thầu không được tiết lộ nội dung hồ sơ dự thầu trước khi mở thầu."),
    (
        "added",
        "đấu thầu",
        "Bên mời thầu không được tiết lộ nội dung hồ sơ dự thầu trước khi mở thầu, nếu vi phạm bị phạt tiền.",
    ),
    (
        "figure",
        "nd-72-2015-nd-cp.md|# Điều 8. Thông tin quảng bá hình ảnh Việt Nam",
        "Có bảy hình thức cung cấp thông tin quảng bá hình ảnh Việt Nam.",
    ),
    (
        "body",
        "cv-5768-btttt-ttdn.md|## Hội nghị cung cấp thông tin cho báo chí",
        "Bộ Thông tin và Truyền thông cùng Bộ Quốc phòng duy trì hội nghị cung cấp thông tin cho báo chí hằng tháng.",
    ),
    ("date", "qd-1079-qd-ttg.md|# Căn cứ", "Quyết định 1079/QĐ-TTg căn cứ Luật Báo chí ngày 06/4/2016."),
    ("body", "qd-1079-qd-ttg.md|# Căn cứ", "Bộ trưởng Bộ Công an là người đề nghị ban hành Quyết định 1079/QĐ-TTg."),
    (
        "negation",
        "qd-1079-qd-ttg.md|## Triển khai năm 2025",
        "Đến tháng 12/2025, đầu mối thực hiện Đề án 1079 là Bộ Thông tin và Truyền thông.",
    ),
    (
        "opposite",
        "qd-1079-qd-ttg.md|## Mục I. Quan điểm",
        "Phương châm của Đề án là lấy chống để xây, trong đó chống là chính.",
    ),
    (
        "order",
        "kl-57-kl-tw.md|# Nhiệm vụ, giải pháp",
        "Các cấp ủy giao Bộ Chính trị lãnh đạo thực hiện nhiệm vụ, giải pháp của Kết luận 57-KL/TW.",
    ),
    (
        "number",
        "nq-47-nq-cp.md|## Kế hoạch của Bộ Tài chính",
        "Bộ Tài chính có Quyết định 1644/QĐ-BCT ngày 17/7/2024 về kế hoạch thực hiện Nghị quyết 47/NQ-CP.",
    ),
    (
        "date",
        "nq-47-nq-cp.md|## Kế hoạch của Bộ Tài chính",
        "Bộ Tài chính có Quyết định 1644/QĐ-BTC ngày 15/4/2024 về kế hoạch thực hiện Nghị quyết 47/NQ-CP.",
    ),
    ("modality", "môi trường", "Cơ sở vi phạm có thể bị phạt từ 20 đến 40 triệu đồng."),
    ("negation", "nhà ở", "Người mua phải có nhà ở thuộc sở hữu của mình tại tỉnh nơi có dự án."),
    ("figure", "nhà ở", "Thu nhập bình quân hằng tháng không quá 30 triệu đồng."),
    ("figure", "nhà ở", "Mỗi hộ gia đình chỉ được mua hai căn nhà ở xã hội."),
    (
        "bound",
        "nhà ở",
        "Người mua không được chuyển nhượng nhà ở trong thời hạn tối đa 05 năm kể từ ngày thanh toán hết tiền mua.",
    ),
    (
        "negation",
        "nhà ở",
        "Người mua được chuyển nhượng nhà ở trong thời hạn 05 năm kể từ ngày thanh toán hết tiền mua.",
    ),
    ("body", "nhà ở", "Chủ đầu tư công khai danh sách người được mua trên trang thông tin điện tử của Sở Tài chính."),
    (
        "modality",
        "nhà ở",
        "Chủ đầu tư có thể công khai danh sách người được mua trên trang thông tin điện tử của Sở Xây dựng.",
    ),
    (
        "added",
        "nhà ở",
        "Chủ đầu tư công khai danh sách người được mua và mức giá bán từng căn hộ trên trang thông tin điện tử.",
    ),
    ("figure", "trường", "Trẻ em đủ 5 tuổi được vào học lớp một."),
    ("bound", "trường", "Trẻ khuyết tật có thể vào học ở tuổi cao hơn nhưng không dưới 9 tuổi."),
    ("negation", "trường", "Nhà trường tổ chức thi tuyển vào lớp một."),
    ("modality", "trường", "Trẻ khuyết tật phải vào học ở tuổi cao hơn."),
    ("or", "trường", "Hồ sơ gồm đơn xin nhập học, bản sao giấy khai sinh hoặc xác nhận cư trú."),
    ("date", "trường", "Hiệu trưởng thông báo kết quả tuyển sinh sau ngày 31 tháng 7 hằng năm."),
    ("order", "trường", "Ủy ban nhân dân xã giúp Phòng Văn hóa - Xã hội kiểm tra việc tuyển sinh."),
    ("figure moved", "tỉnh ủy", "Kinh tế của tỉnh năm 2033 tăng trưởng 61%."),
    ("figure", "tỉnh ủy", "Thu ngân sách đạt 12.540 tỷ đồng."),
    ("unit", "tỉnh ủy", "Thu ngân sách đạt 12.450 triệu đồng."),
    ("opposite", "tỉnh ủy", "Giải ngân vốn đầu tư công mới đạt 61% kế hoạch, cao hơn bình quân cả nước."),
    ("date", "tỉnh ủy", "Các huyện ủy, thành ủy hoàn thành sắp xếp trụ sở dôi dư trong quý II năm 2033."),
    ("body", "tỉnh ủy", "Ban Dân vận Tỉnh ủy tham mưu Ban Thường vụ Tỉnh ủy cho ý kiến về các vụ án phức tạp."),
    ("order", "tỉnh ủy", "Ủy ban nhân dân tỉnh xây dựng đề án tinh giản biên chế, trình Sở Nội vụ."),
    ("date", "tỉnh ủy", "Sở Nội vụ trình đề án tinh giản biên chế trong tháng 9 năm 2034."),
    ("date", "kl-57-kl-tw.md|## Hiệu lực", "Kết luận 57-KL/TW có hiệu lực từ ngày 15/7/2023."),
    (
        "body",
        "cv-5768-btttt-ttdn.md|## Điểm b",
        "Ủy ban nhân dân cấp xã phổ biến Quyết định 1079/QĐ-TTg tới cơ quan, cán bộ thuộc quyền quản lý.",
    ),
    (
        "modality",
        "cv-5768-btttt-ttdn.md|## Điểm b",
        "Ủy ban nhân dân cấp tỉnh không phải phổ biến Quyết định 1079/QĐ-TTg tới cán bộ.",
    ),
    ("only", "xe", "Xe ô tô công được sử dụng vào mục đích công vụ và việc riêng."),
    ("body", "xe", "Chủ tịch Hội đồng nhân dân tỉnh được bố trí xe với giá mua tối đa 950 triệu đồng một xe."),
    ("bound", "xe", "Chủ tịch Ủy ban nhân dân tỉnh được bố trí xe với giá mua tối thiểu 950 triệu đồng một xe."),
    ("negation", "xe", "Được cho thuê, cho mượn xe công."),
    ("bound", "xe", "Xe đã sử dụng dưới 15 năm thì được thanh lý."),
    ("or", "xe", "Xe đã sử dụng trên 15 năm và vận hành quá 250.000 km thì được thanh lý."),
    ("figure", "xe", "Lái xe nộp nhật trình cho bộ phận quản lý vào ngày 15 hằng tháng."),
    ("figure", "xe", "Xe vận hành quá 25.000 km thì được thanh lý."),
    ("body moved", "di tích", "Di tích quốc gia do Chủ tịch Ủy ban nhân dân tỉnh quyết định xếp hạng."),
    ("body", "di tích", "Di tích quốc gia do Thủ tướng Chính phủ quyết định xếp hạng."),
    ("negation", "di tích", "Việc tu bổ di tích có thể làm thay đổi cảnh quan."),
    ("modality", "di tích", "Người giao nộp phải được thưởng tối đa 200 triệu đồng."),
    ("bound", "di tích", "Người giao nộp có thể được thưởng ít nhất 200 triệu đồng."),
    ("body", "di tích", "Di vật được giao nộp cho cơ quan công an nơi gần nhất trong thời hạn 7 ngày."),
    ("figure", "di tích", "Tổ chức, cá nhân phát hiện di vật giao nộp trong thời hạn 17 ngày."),
    ("figure moved", "đảng phí", "Chi bộ được trích giữ lại 70% số đảng phí thu được, nộp cấp trên 30%."),
    ("unit", "đảng phí", "Đảng viên đóng đảng phí hằng năm bằng 1% tiền lương."),
    (
        "body moved",
        "đảng phí",
        "Chi bộ quyết định miễn hoặc giảm mức đóng cho đảng viên có hoàn cảnh đặc biệt khó khăn.",
    ),
    ("negation", "đảng phí", "Các khoản thu đã nộp trước ngày 10 tháng sau phải báo cáo bằng văn bản."),
    ("number", "đảng phí", "Quy định 324-QĐ/TW quy định chế độ đảng phí."),
    ("negation", "đảng phí", "Các khoản thu chưa nộp trước ngày 10 tháng sau không phải báo cáo bằng văn bản."),
)


def source(key: str) -> Source:
    """The provision of that name, or the section of a digest: "file|heading", "~2" for the second of that heading."""
    if key in PROVISIONS:
        return PROVISIONS[key]
    file, heading = key.split("|")
    heading, _, nth = heading.partition("~")
    head, _, body = (CORPUS / file).read_text(encoding="utf-8").removeprefix("---\n").partition("\n---\n")
    fields = dict(line.split(": ", 1) for line in head.splitlines() if not line.startswith(" ") and ": " in line)
    lines = body.splitlines()
    at = [i for i, line in enumerate(lines) if line.split(". ")[0] == heading.split(". ")[0]][int(nth or 1) - 1]
    end = next((i for i in range(at + 1, len(lines)) if lines[i].startswith("#")), len(lines))
    above = [
        line.strip("# ") for line in lines[:at] if line.startswith("#") and not heading.startswith(line.split(" ")[0])
    ]
    named = f"{fields['kind']} {fields['number']} ngày {fields['date'].strip(chr(34))} của {fields['issuer']} {fields['title']}"
    return Source("\n".join(lines[at + 1 : end]).strip(), "\n".join((*above[-1:], heading.strip("# "), named)))
