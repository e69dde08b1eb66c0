"""Settings: `POLICY_QA_*` variables over `policy-qa.toml` over defaults.

Only the command line and the web app read them; they hand the values down as arguments. `pydantic_settings`
is imported here and nowhere else, because it costs a tenth of a second of every start.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import platformdirs
from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict, TomlConfigSettingsSource

from policy_qa.errors import BadSettings

if TYPE_CHECKING:
    from policy_qa.answering.models import ChatModel

CONFIG_NAME = "policy-qa.toml"
PACKAGE = Path(__file__).parent


def clone_root(start: Path | None = None) -> Path | None:
    """The clone that `start` (default: the current folder) lies in; None outside a clone of this project."""
    here = (start or Path.cwd()).absolute()
    for folder in (here, *here.parents):
        project = folder / "pyproject.toml"
        if (folder / "corpus").is_dir() and project.is_file():
            # Another project may have a folder named corpus, too.
            return folder if 'name = "policy-qa"' in project.read_text(encoding="utf-8", errors="replace") else None
    return None


def shipped_corpus() -> Path:
    """The digests shipped with the package: inside the wheel, or beside `src` in an editable install."""
    packaged = PACKAGE / "data" / "corpus"
    beside = PACKAGE.parents[1] / "corpus"
    return beside if not packaged.is_dir() and beside.is_dir() else packaged


def default_index() -> Path:
    """`index/` of the clone one stands in, otherwise the user's data folder."""
    root = clone_root()
    return root / "index" if root else platformdirs.user_data_path("policy-qa", appauthor=False) / "index"


def default_corpus() -> Path:
    """`corpus/` of the clone one stands in, otherwise the shipped one."""
    root = clone_root()
    return root / "corpus" if root else shipped_corpus()


def default_official() -> Path:
    """Where an office's own files go: `corpus/official/` of the clone, otherwise the user's data folder."""
    root = clone_root()
    return (root / "corpus" if root else platformdirs.user_data_path("policy-qa", appauthor=False)) / "official"


def default_data() -> Path:
    """What the office keeps (users, conversations, packs): `data/` of the clone, otherwise the user's data folder."""
    root = clone_root()
    return root / "data" if root else platformdirs.user_data_path("policy-qa", appauthor=False) / "office"


def default_cache() -> Path:
    """The user's cache folder: what lies there can be made again, and serves every clone and index."""
    return platformdirs.user_cache_path("policy-qa", appauthor=False)


def config_file() -> Path | None:
    """`policy-qa.toml` of the current folder, otherwise of the clone."""
    folders = (Path.cwd(), clone_root())
    return next((f / CONFIG_NAME for f in folders if f and (f / CONFIG_NAME).is_file()), None)


class Settings(BaseSettings):
    """What can be set, with its defaults.

    Paths in `policy-qa.toml` are relative to that file's folder, paths in variables to the current folder.
    """

    model_config = SettingsConfigDict(env_prefix="POLICY_QA_", env_ignore_empty=True, extra="forbid", frozen=True)

    index: Annotated[Path, Field(description="Thư mục chỉ mục")] = Field(default_factory=default_index)
    corpus: Annotated[Path, Field(description="Thư mục kho văn bản")] = Field(default_factory=default_corpus)
    official: Annotated[Path, Field(description="Thư mục văn bản chính thức của cơ quan")] = Field(
        default_factory=default_official
    )
    cache: Annotated[Path, Field(description="Thư mục lưu tạm, có thể xoá")] = Field(default_factory=default_cache)
    data: Annotated[Path, Field(description="Thư mục dữ liệu của cơ quan: người dùng, hội thoại, bộ hỏi đáp")] = Field(
        default_factory=default_data
    )
    encoder: Annotated[str | None, Field(description="Bộ mã hoá: tên trên hub hoặc đường dẫn")] = None
    reranker: Annotated[str | None, Field(description="Mô hình xếp lại: tên trên hub hoặc đường dẫn")] = None
    llm: Annotated[str | None, Field(description="Mô hình ngôn ngữ: openai:TÊN hoặc ollama:TÊN")] = None
    llm_url: Annotated[str | None, Field(description="Địa chỉ máy chủ mô hình")] = None
    llm_key: Annotated[SecretStr | None, Field(description="Khoá truy cập máy chủ mô hình")] = None
    llm_timeout: Annotated[int, Field(description="Số giây mô hình được dùng cho một câu trả lời", ge=5, le=3600)] = 120
    host: Annotated[str, Field(description="Địa chỉ máy chủ web", min_length=1)] = "127.0.0.1"
    port: Annotated[int, Field(description="Cổng máy chủ web", ge=1, le=65535)] = 7860
    session_hours: Annotated[int, Field(description="Số giờ một lần đăng nhập có hiệu lực", ge=1, le=720)] = 12
    session_idle_minutes: Annotated[
        int, Field(description="Số phút không thao tác thì phải đăng nhập lại", ge=5, le=43200)
    ] = 120
    ask_per_minute: Annotated[int, Field(description="Số câu mỗi người được hỏi trong một phút", ge=1, le=10000)] = 30
    max_upload_mb: Annotated[int, Field(description="Cỡ tệp tải lên lớn nhất, MB", ge=1, le=200)] = 100
    audit_questions: Annotated[
        Literal["full", "hash"], Field(description="Nhật ký ghi nguyên câu hỏi (full) hay chỉ mã băm (hash)")
    ] = "full"
    trusted_proxy: Annotated[
        str | None, Field(description="Địa chỉ của máy chủ trung gian (nginx) trước trang web")
    ] = None
    mcp: Annotated[bool, Field(description="Mở cổng MCP cho chương trình trợ lý")] = False
    top_k: Annotated[int, Field(description="Số đoạn mà lệnh search trả về", ge=1, le=1000)] = 10

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Arguments first, then variables, then the file."""
        file = config_file()
        if file is None:
            return init_settings, env_settings
        return init_settings, env_settings, _FileSource(settings_cls, file)

    def model(self) -> ChatModel | None:
        """The language model that is set, None where there is none; raises ModelUnavailable where it cannot be used."""
        if not self.llm:
            return None
        from policy_qa.answering.models import open_model

        key = self.llm_key.get_secret_value() if self.llm_key else os.environ.get("OPENAI_API_KEY")
        return open_model(self.llm, self.llm_url, key, self.llm_timeout)

    @field_validator("index", "corpus", "official", "cache", "data")
    @classmethod
    def _absolute(cls, value: Path) -> Path:
        return value.expanduser().absolute()


class _FileSource(TomlConfigSettingsSource):
    """The TOML file, its relative paths resolved against its own folder."""

    def __init__(self, settings_cls: type[BaseSettings], file: Path) -> None:
        super().__init__(settings_cls, toml_file=file)
        for name in ("index", "corpus", "official", "cache", "data"):
            value = self.init_kwargs.get(name)
            if isinstance(value, str):
                self.init_kwargs[name] = file.parent / Path(value).expanduser()


def load_settings() -> Settings:
    """The settings in force; raises BadSettings with a sentence that names the first wrong one."""
    try:
        return Settings()
    except ValidationError as error:
        first = error.errors()[0]
        name = str(first["loc"][0]) if first["loc"] else "?"
        known = name in Settings.model_fields
        why = f"giá trị {first.get('input')!r} không hợp lệ" if known else "không có thiết lập nào tên như vậy"
        raise BadSettings(
            f"Thiết lập {name!r} sai: {why}. Sửa {CONFIG_NAME} hoặc biến môi trường POLICY_QA_{name.upper()} rồi chạy lại."
        ) from error
    except ValueError as error:  # tomllib.TOMLDecodeError, UnicodeDecodeError
        raise BadSettings(
            f"Không đọc được {config_file() or CONFIG_NAME}: không phải TOML hợp lệ ({error}). Sửa tệp này rồi chạy lại."
        ) from error
    except OSError as error:
        raise BadSettings(
            f"Không mở được {config_file() or CONFIG_NAME} ({error.strerror}). Kiểm tra quyền đọc tệp."
        ) from error
