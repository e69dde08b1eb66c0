"""What is said where a model of sentence-transformers cannot be opened, from a folder on this machine or from the hub."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from policy_qa.errors import PolicyQAError

Model = TypeVar("Model")


def opened(make: Callable[[], Model], source: str, name: str, option: str, unavailable: type[PolicyQAError]) -> Model:
    """What `make` gives, which imports the library and opens `source`, a folder or a model id; the user calls it `name`.

    Raises:
        PolicyQAError: as `unavailable`, when the library is not installed, or the model is damaged, or neither here nor
            to be fetched. `option` is the setting that names it.
    """
    try:
        return make()
    except ImportError as error:
        raise unavailable(
            f"Mô hình {name} cần thư viện sentence-transformers, chưa có trên máy này: "
            f"hãy chạy `pip install sentence-transformers`, hoặc bỏ tuỳ chọn {option}."
        ) from error
    except Exception as error:  # transformers, safetensors and pickle raise whatever they like over damaged files
        if Path(source).is_dir():
            raise unavailable(
                f"Không mở được mô hình trong thư mục {name}: thư mục thiếu tệp hoặc tệp bị hỏng. Hãy chép lại mô hình, "
                f"hoặc bỏ tuỳ chọn {option}."
            ) from error
        raise unavailable(
            f"Không mở được mô hình {name}: máy này chưa có, và không tải về được. Hãy kiểm tra tên mô hình và kết nối "
            "mạng, hoặc chép mô hình vào một thư mục rồi đưa đường dẫn thư mục đó."
        ) from error
