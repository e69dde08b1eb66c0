"""Texts that an encoder must read as other libraries do."""

TEXTS = [
    "Quyền con người là gì?",
    "quyen con nguoi la gi",
    "UBND tỉnh chủ trì, phối hợp với Sở TT&TT; kinh phí 1.079 triệu đồng (năm 2022).",
    "photo exhibitions on human rights",
    "hoà bình, khoẻ mạnh, thuỷ lợi, khoán sản phẩm",
    "Ẩm thực và ấp văn hoá: 人権 права",
    "dòng một\ndòng hai\t_gạch_dưới_",
    "điều khoản " * 3000,
]
