"""Taking files in: one verdict each, again and again."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from making import p, word
from shelf import Shelf

from corpus.document import Document
from corpus.errors import UnreadableFileError
from corpus.ledger import LedgerFilter
from corpus.library import Library
from corpus.settings import LibrarySettings
from ingest import commitments as extraction
from ingest.commitments import extract
from ingest.pipeline import Summary, Verdict, build, ingest, rules
from ingest.readers import Limits

SPEECH = "云川市市场监督管理局2024年工作会议讲话\n\n一、总体要求\n　　今年新建标准化所12个，6月底前完成。\n（一）安全\n　　守住底线。\n"


def take(shelf: Shelf, *paths: Path, jobs: int = 1, **options: Any) -> Summary:
    return ingest(shelf, paths, jobs=jobs, **options)  # type: ignore[arg-type]


def outcomes(summary: Summary) -> dict[str, str]:
    return {verdict.name: verdict.outcome for verdict in summary.verdicts}


def reason(summary: Summary, name: str) -> str:
    return next(verdict.reason for verdict in summary.verdicts if verdict.name == name)


def write(folder: Path, **texts: str) -> Path:
    folder.mkdir(exist_ok=True, parents=True)
    for name, text in texts.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    return folder


def test_build_is_whole() -> None:
    data = SPEECH.encode()
    document, passages = build("讲话.txt", data, source="/x/讲话.txt")
    assert (document.name, document.source, document.text) == ("讲话.txt", "/x/讲话.txt", SPEECH)
    assert document.revision == hashlib.sha256(data).hexdigest()
    assert document.metadata.year is not None
    assert document.metadata.year.value == 2024
    assert passages
    assert all(document.quote(passage.span) == passage.text for passage in passages)


def test_build_overrides() -> None:
    document, _ = build(
        "a.txt",
        SPEECH.encode(),
        overrides={"year": 2020, "issuer": "甲局"},
        corrections={"year": 2021, "title": "题"},
    )
    metadata = document.metadata
    assert metadata.year
    assert (metadata.year.value, metadata.year.confidence, metadata.year.source) == (
        2021,
        1.0,
        "person",
    )
    assert metadata.issuer
    assert (metadata.issuer.value, metadata.issuer.source) == ("甲局", "sidecar")
    with pytest.raises(UnreadableFileError, match="is empty"):
        build("a.txt", b"")


def test_added_unchanged_replaced(tmp_path: Path) -> None:
    shelf = Shelf()
    write(tmp_path, a=SPEECH, b=SPEECH + "完。")
    heard: list[Verdict] = []
    steps: list[tuple[int, int]] = []
    first = take(
        shelf, tmp_path, on_verdict=heard.append, on_progress=lambda done, total: steps.append((done, total))
    )
    assert outcomes(first) == {"a.txt": "added", "b.txt": "added"}
    assert (tuple(heard), steps) == (first.verdicts, [(1, 2), (2, 2)])
    assert first.verdicts[0].path == str(tmp_path / "a.txt")
    assert outcomes(take(shelf, tmp_path)) == {"a.txt": "unchanged", "b.txt": "unchanged"}
    assert shelf.puts == 2
    write(tmp_path, a=SPEECH + "改。")
    second = take(shelf, tmp_path)
    assert outcomes(second) == {"a.txt": "replaced", "b.txt": "unchanged"}
    assert (second.count("replaced"), second.failed) == (1, ())


def test_commitments_go_to_the_library_with_their_document(tmp_path: Path) -> None:
    with Library.open(LibrarySettings(tmp_path / "home", "hashing"), write=True) as library:
        write(tmp_path / "in", a=SPEECH, b=SPEECH + "年底前完成电梯排查整治。")
        assert set(outcomes(ingest(library, [tmp_path / "in"], jobs=2)).values()) == {"added"}
        rows = [kept.row for kept in library.commitments(LedgerFilter(kinds=()))]
        assert rows == [*extract(library.document("a.txt")), *extract(library.document("b.txt"))]
        assert any("电梯排查" in row.quote for row in rows)
        assert library.without_ledger() == library.doctor() == ()
        assert set(outcomes(ingest(library, [tmp_path / "in"])).values()) == {"unchanged"}


def test_library_of_rules_before_the_ledger_is_read_again(tmp_path: Path) -> None:
    assert extraction.RULES in rules()
    shelf = Shelf()
    take(shelf, write(tmp_path, a=SPEECH))
    document, passages, now = shelf.documents["a.txt"]
    shelf.documents["a.txt"] = (document, passages, now.replace(f"+{extraction.RULES}", ""))
    assert outcomes(take(shelf, tmp_path)) == {"a.txt": "replaced"}


def test_new_rules_take_everything_in_again(tmp_path: Path) -> None:
    shelf = Shelf()
    take(shelf, write(tmp_path, a=SPEECH))
    document, passages, _ = shelf.documents["a.txt"]
    shelf.documents["a.txt"] = (document, passages, "old rules")
    assert outcomes(take(shelf, tmp_path)) == {"a.txt": "replaced"}


def test_a_bad_file_never_stops_the_others(tmp_path: Path) -> None:
    write(tmp_path, good=SPEECH, empty="")
    (tmp_path / "binary.txt").write_bytes(bytes(range(256)) * 9)
    (tmp_path / "cut.docx").write_bytes(word(p("甲"))[:100])
    (tmp_path / "huge.txt").write_bytes(b"a" * 20_000_000)
    (tmp_path / "folder.txt").mkdir()
    summary = take(Shelf(), tmp_path, tmp_path / "absent.txt", Path("/dev/null"), tmp_path / "x\0y.txt")
    assert outcomes(summary) == {
        "good.txt": "added",
        "empty.txt": "failed",
        "binary.txt": "failed",
        "cut.docx": "failed",
        "huge.txt": "failed",
        "absent.txt": "failed",
        "null": "failed",
        "x\0y.txt": "failed",
    }
    assert reason(summary, "empty.txt") == "is empty"
    assert "20,000,000 bytes" in reason(summary, "huge.txt")
    for verdict in summary.failed:
        assert verdict.line().isprintable()
        assert verdict.reason


def test_whatever_a_parser_raises_is_a_verdict(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def explode(data: bytes, limits: Limits) -> None:
        raise RecursionError("too\ndeep" * 500)

    monkeypatch.setattr("ingest.readers.docx.read", explode)
    write(tmp_path, good=SPEECH)
    (tmp_path / "a.docx").write_bytes(word(p("甲")))
    summary = take(Shelf(), tmp_path)
    assert outcomes(summary) == {"a.docx": "failed", "good.txt": "added"}
    assert reason(summary, "a.docx").startswith("could not be read (RecursionError: too")
    assert len(reason(summary, "a.docx")) <= 300


@pytest.mark.parametrize(
    "name",
    [
        "a\nb<script>alert(1)</script>.txt".replace("/", "∕"),
        "\u202egnp.txt",
        "名" * 80 + ".txt",
        "a\tb\x1b[31m.txt",
    ],
)
def test_strange_names_print_on_one_line(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text(SPEECH, encoding="utf-8")
    shelf = Shelf()
    (verdict,) = take(shelf, tmp_path).verdicts
    assert (verdict.outcome, verdict.name) == ("added", name)
    assert verdict.line().isprintable()
    assert list(shelf.documents) == [name]


def test_one_name_twice(tmp_path: Path) -> None:
    write(tmp_path / "2023", a=SPEECH, same=SPEECH + "同")
    write(tmp_path / "2024", a=SPEECH + "别", same=SPEECH + "同")
    summary = take(Shelf(), tmp_path)
    assert [(verdict.name, verdict.outcome) for verdict in summary.verdicts] == [
        ("a.txt", "failed"),
        ("same.txt", "unchanged"),
        ("a.txt", "added"),
        ("same.txt", "added"),
    ]
    assert summary.failed[0].reason.endswith(f"{tmp_path / '2023' / 'a.txt'}; rename one of them")


def test_one_content_under_two_names(tmp_path: Path) -> None:
    shelf = Shelf()
    first = take(shelf, write(tmp_path, a=SPEECH, copy=SPEECH))
    assert outcomes(first) == {"a.txt": "added", "copy.txt": "unchanged"}
    assert reason(first, "copy.txt") == "has the same content as a.txt"
    assert outcomes(take(shelf, tmp_path)) == {"a.txt": "unchanged", "copy.txt": "unchanged"}


def test_copies_of_a_bad_file_fail_too(tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(b"PK damaged")
    (tmp_path / "b.docx").write_bytes(b"PK damaged")
    summary = take(Shelf(), tmp_path)
    assert outcomes(summary) == {"a.docx": "failed", "b.docx": "failed"}
    assert reason(summary, "b.docx") == "has the same content as a.docx, which failed"


def test_content_that_moves_to_another_name_is_not_lost(tmp_path: Path) -> None:
    shelf = Shelf()
    take(shelf, write(tmp_path, a=SPEECH))
    (tmp_path / "a.txt").rename(tmp_path / "b.txt")
    write(tmp_path, a=SPEECH + "新。")
    assert outcomes(take(shelf, tmp_path)) == {"a.txt": "replaced", "b.txt": "added"}
    assert {document.text for document, _, _ in shelf.documents.values()} == {SPEECH, SPEECH + "新。"}


def test_a_file_that_becomes_a_copy_is_replaced(tmp_path: Path) -> None:
    shelf = Shelf()
    take(shelf, write(tmp_path, a=SPEECH, b=SPEECH + "旧。"))
    assert outcomes(take(shelf, write(tmp_path, b=SPEECH))) == {"a.txt": "unchanged", "b.txt": "replaced"}


def test_taking_the_place_of_another_file_is_said(tmp_path: Path) -> None:
    shelf = Shelf()
    take(shelf, write(tmp_path / "old", a=SPEECH))
    summary = take(shelf, write(tmp_path / "new", a=SPEECH + "新。"))
    assert reason(summary, "a.txt") == f"took the place of {tmp_path / 'old' / 'a.txt'}"


def test_prune(tmp_path: Path) -> None:
    shelf = Shelf()
    write(tmp_path / "in" / "deep", gone=SPEECH + "1", renamed=SPEECH + "2", kept=SPEECH + "3")
    write(tmp_path / "out", other=SPEECH + "4")
    take(shelf, tmp_path)
    upload, passages = build("upload.txt", (SPEECH + "5").encode())
    shelf.documents["upload.txt"] = (upload, passages, rules())
    (tmp_path / "in" / "deep" / "gone.txt").unlink()
    (tmp_path / "out" / "other.txt").unlink()
    (tmp_path / "in" / "deep" / "renamed.txt").rename(tmp_path / "in" / "new.txt")
    assert outcomes(take(shelf, tmp_path / "in")) == {"kept.txt": "unchanged", "new.txt": "unchanged"}
    summary = take(shelf, tmp_path / "in", prune=True)
    assert outcomes(summary) == {
        "kept.txt": "unchanged",
        "new.txt": "added",
        "gone.txt": "removed",
        "renamed.txt": "removed",
    }
    assert sorted(shelf.documents) == ["kept.txt", "new.txt", "other.txt", "upload.txt"]


def test_prune_spares_what_cannot_be_seen(tmp_path: Path) -> None:
    shelf = Shelf()
    folder = write(tmp_path / "in", a=SPEECH, b=SPEECH + "b")
    take(shelf, folder)
    (folder / "a.txt").write_bytes(b"")
    assert outcomes(take(shelf, folder, prune=True)) == {"a.txt": "failed", "b.txt": "unchanged"}
    folder.rename(tmp_path / "away")
    assert outcomes(take(shelf, folder, prune=True)) == {"in": "failed"}
    assert sorted(shelf.documents) == ["a.txt", "b.txt"]


def test_a_moved_file_is_not_pruned(tmp_path: Path) -> None:
    shelf = Shelf()
    take(shelf, write(tmp_path / "in" / "one", a=SPEECH))
    (tmp_path / "in" / "one").rename(tmp_path / "in" / "two")
    assert outcomes(take(shelf, tmp_path / "in", prune=True)) == {"a.txt": "unchanged"}
    assert list(shelf.documents) == ["a.txt"]


def test_sidecar(tmp_path: Path) -> None:
    shelf = Shelf()
    write(tmp_path, a=SPEECH)
    write(tmp_path / "sub", b=SPEECH + "b")
    take(shelf, tmp_path)
    sidecar = tmp_path / "documents.toml"
    sidecar.write_text('["*.txt"]\nyear = 2019\n["c.txt"]\nyear = 2020\n', encoding="utf-8")
    summary = take(shelf, tmp_path)
    assert outcomes(summary) == {
        "a.txt": "replaced",
        "b.txt": "unchanged",
    }  # it speaks of its own folder only
    assert summary.warnings == (f"{sidecar}: no file here is called 'c.txt'",)
    assert year(shelf, "a.txt") == 2019
    assert outcomes(take(shelf, tmp_path / "a.txt")) == {"a.txt": "unchanged"}
    sidecar.write_text('["*.txt"]\nyear = "x"\n', encoding="utf-8")
    broken = take(shelf, tmp_path)
    assert outcomes(broken) == {"documents.toml": "failed", "a.txt": "replaced", "b.txt": "unchanged"}
    assert reason(broken, "documents.toml").startswith("line 2: year must be")


def year(shelf: Shelf, name: str) -> int | None:
    found = shelf.documents[name][0].metadata.year
    return found.value if found else None


def test_corrections_of_a_person_survive(tmp_path: Path) -> None:
    shelf = Shelf(corrections={"a.txt": {"year": 1999}})
    take(shelf, write(tmp_path, a=SPEECH))
    write(tmp_path, a=SPEECH + "改。")
    take(shelf, tmp_path)
    assert year(shelf, "a.txt") == 1999


def test_rules_know_the_sidecar() -> None:
    assert rules() == rules({})
    assert len({rules(), rules({"year": 2024}), rules({"year": 2023})}) == 3
    assert rules({"a": 1, "b": 2}) == rules({"b": 2, "a": 1})


def test_old_office_files_are_named_in_the_warnings(tmp_path: Path) -> None:
    (tmp_path / "旧.doc").write_bytes(b"x")
    assert take(Shelf(), tmp_path).warnings == ("旧.doc is a .doc file, which is not read; save it as .docx",)


def test_two_processes_give_what_one_gives(tmp_path: Path) -> None:
    for number in range(12):
        write(tmp_path, **{f"讲话{number:02}": f"{SPEECH}第{number}次。"})
    (tmp_path / "cut.docx").write_bytes(b"PK")
    one, two = Shelf(), Shelf()
    first, second = take(one, tmp_path), take(two, tmp_path, jobs=2)
    assert second.verdicts == first.verdicts
    assert two.documents == one.documents
    assert two.commitments == one.commitments
    assert all(isinstance(document, Document) for document, _, _ in two.documents.values())


@pytest.mark.slow
def test_a_file_that_takes_too_long_is_a_verdict(tmp_path: Path) -> None:
    write(tmp_path, a=SPEECH)
    (tmp_path / "b.txt").write_text(SPEECH * 50_000, encoding="utf-8")
    summary = take(Shelf(), tmp_path, jobs=2, limits=replace(Limits(), seconds=1))
    assert outcomes(summary) == {"a.txt": "added", "b.txt": "failed"}
    assert reason(summary, "b.txt").startswith("took more than 3,072 MB of memory or 1 seconds")


def test_a_name_that_is_not_to_be_seen_fails_one_file_and_no_other(tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    for name in ("甲.txt", "乙.txt"):
        (folder / name).write_text(f"{name}\n全年完成抽检四千批次。\n", encoding="utf-8")
    with Library.open(LibrarySettings(tmp_path / "home", "hashing"), write=True) as library:
        ingest(library, [folder / "甲.txt"], jobs=1)
        library.set_collection("内部", "admin")
        library.assign("甲.txt", ["内部"])
        kept = library.document("甲.txt")
        (folder / "甲.txt").write_text("另一版\n", encoding="utf-8")
        summary = ingest(library.seen_by("curator"), [folder], jobs=1, by="王")
        verdicts = {verdict.name: (verdict.outcome, verdict.reason) for verdict in summary.verdicts}
        assert verdicts["甲.txt"] == ("failed", "the name is taken; give the file another name")
        assert verdicts["乙.txt"] == ("added", "")
        assert library.document("甲.txt") == kept
        assert [revision.by for revision in library.revisions("乙.txt")] == ["王"]
