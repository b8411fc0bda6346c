"""Our measures and the neutral scorer's must say the same of the same answers."""

from __future__ import annotations

import importlib.util
import random
from pathlib import Path

import pytest

from evals.cases import read_set
from evals.judging import judge, summary
from evals.ledger import ledger_row, read_ledger
from evals.ledger_measures import FIELDS, ledger_summary
from evals.ledger_run import found_row
from evals.matching import judge_ledger
from evals.run import Run, record_of
from evals.sources import Sources
from ingest.building import build
from ingest.commitments import extract

SHARED = Path(__file__).parents[3] / "shared"
SPEECHES = SHARED / "corpus" / "speeches"
pytestmark = [
    pytest.mark.shared,
    pytest.mark.slow,
    pytest.mark.skipif(not (SHARED / "score" / "score.py").exists(), reason="../shared is absent"),
]
NAMES = {
    "correct": "correct",
    "correct_answerable": "correct_answerable",
    "cited_and_correct": "cited_and_correct",
    "fact_recall": "fact_recall",
    "forbidden_hit": "forbidden",
    "citation_recall": "citation_recall",
    "citation_precision": "citation_precision",
    "quotes_verbatim": "verbatim",
    "abstain_precision": "refusal_precision",
    "abstain_recall": "refusal_recall",
    "abstain_f1": "refusal_f1",
    "median_length": "length",
}


@pytest.fixture(scope="module")
def scorer():
    spec = importlib.util.spec_from_file_location("neutral_scorer", SHARED / "score" / "score.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def answer(gold, texts, chance):
    """Something between the perfect answer and nonsense, by chance."""
    quotes = [q for q in gold["quotes"] if chance.random() < 0.7]
    spoilt = [
        q["text"][: chance.randint(4, 40)] if chance.random() < 0.5 else f"编造{q['text']}" for q in quotes
    ]
    citations = [
        {"document": q["doc"], "quote": t, "start": 0, "end": 1} for q, t in zip(quotes, spoilt, strict=True)
    ]
    name = chance.choice(sorted(texts))
    at = chance.randrange(len(texts[name]) - 60)
    if chance.random() < 0.5:
        citations.append(
            {"document": name, "quote": texts[name][at : at + chance.randint(5, 60)], "start": at, "end": at}
        )
    text = "，".join(f"{f[-1]}[1]" for f in gold["facts"] if chance.random() < 0.8)
    text += "".join(f for f in gold.get("forbidden", []) if chance.random() < 0.3) + "。" * chance.choice(
        [0, 40, 400]
    )
    passages = [
        {"document": q["doc"], "start": s, "end": s + chance.randint(20, 600)}
        for q in gold["quotes"]
        if (s := texts[q["doc"]].find(q["text"]) - chance.randint(0, 30)) >= 0
    ]
    passages += [{"document": name, "start": at, "end": at + chance.randint(10, 500)} for _ in range(3)]
    chance.shuffle(passages)
    for passage in passages:
        passage["text"] = texts[passage["document"]][passage["start"] : passage["end"]]
    abstained = chance.random() < (0.2 if gold["facts"] else 0.6)
    return {
        "id": gold["id"],
        "answer": text,
        "abstained": abstained,
        "citations": citations,
        "passages": passages,
    }


@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.parametrize("name", ["questions_dev", "dialogues_dev"])
def test_the_same_figures(scorer, name, seed, tmp_path, capsys):
    import json
    from argparse import Namespace

    gold_file = SHARED / "gold" / f"{name}.jsonl"
    corpus = scorer.Corpus(str(SPEECHES))
    gold = scorer.turns(scorer.read_jsonl(gold_file))
    chance = random.Random(seed)
    rows = [answer(one, corpus.text, chance) for one in gold if chance.random() < 0.97]
    rows_file, gold_flat = tmp_path / "rows.jsonl", tmp_path / "gold.jsonl"
    for file, written in ((rows_file, rows), (gold_flat, gold)):
        file.write_text("".join(json.dumps(row) + "\n" for row in written), encoding="utf-8")
    options = {"gold": gold_flat, "rows": rows_file, "corpus": str(SPEECHES), "misses": 0, "budget": 1000}
    scorer.report_answers(Namespace(**options))
    theirs = json.loads(capsys.readouterr().out.splitlines()[-1])
    scorer.report_evidence(Namespace(**options))
    evidence = json.loads(capsys.readouterr().out.splitlines()[-1])

    run = Run({}, {row["id"]: record_of(row) for row in rows})
    ours = summary(judge(read_set(gold_file), run, Sources(corpus.text.get)))
    assert {theirs_name: ours[name] for theirs_name, name in NAMES.items()} == {
        theirs_name: pytest.approx(theirs[theirs_name], abs=6e-5) for theirs_name in NAMES
    }
    assert ours["evidence_recall@1000"] == pytest.approx(evidence["evidence_recall"], abs=6e-5)
    assert ours["mrr"] == pytest.approx(evidence["mrr"], abs=6e-5)


def spoilt(rows, texts, chance):
    """The rows with spans that reach too far or not far enough, some gone, some wrong in a field."""
    made = []
    for row in rows:
        text, start, end = texts[row["document"]], row["start"], row["end"]
        start = max(0, start + chance.choice([0, 0, -9, 4]))
        end = max(start + 1, min(len(text), end + chance.choice([0, 0, 12, -6])))
        changed = {"due": "2022-12-31"} if chance.random() < 0.1 else {}
        changed |= {"owner": None} if chance.random() < 0.1 else {}
        row = row | {"quote": text[start:end], "start": None, "end": None} | changed
        made += [row] * chance.choice([0, 1, 1, 1, 2])
    return made


@pytest.mark.parametrize("seed", [None, 1, 2, 3])
def test_the_same_figures_of_a_ledger(scorer, seed, tmp_path, capsys):
    import json
    from argparse import Namespace

    gold_file = SHARED / "gold" / "ledger_dev.jsonl"
    wanted = read_ledger(gold_file)
    documents = [build(name, (SPEECHES / name).read_bytes())[0] for name in wanted.documents]
    texts = {document.name: document.text for document in documents}
    rows = [
        found_row(row).to_json()
        for document in documents
        for row in extract(document)
        if row.kind != "report"
    ]
    if seed is not None:
        rows = spoilt(rows, texts, random.Random(seed))
    sources = Sources(texts.get)

    def stands(row):
        place = sources.find(row.get("document") or row["doc"], row["quote"])
        return place.document, place.start, place.end

    # Equals are taken from the end there and from the beginning here; so their files are given to it back to front.
    rows = sorted(rows, key=stands)
    gold = sorted(scorer.read_jsonl(gold_file), key=stands)
    rows_file, gold_reversed = tmp_path / "rows.jsonl", tmp_path / "gold.jsonl"
    for file, lines in ((rows_file, rows), (gold_reversed, gold)):
        file.write_text("".join(json.dumps(row) + "\n" for row in reversed(lines)), encoding="utf-8")
    options = {"gold": gold_reversed, "rows": rows_file, "corpus": str(SPEECHES), "misses": 0}
    scorer.report_ledger(Namespace(**options))
    theirs = json.loads(capsys.readouterr().out.splitlines()[-1])

    found = [ledger_row(row, "") for row in rows]
    ours = ledger_summary(judge_ledger(wanted, found, sources))
    expected = {name: theirs[name] for name in ("recall", "precision", "f1")}
    expected |= {
        f"{field.name}_{side}": theirs[field.name][side]
        for field in FIELDS
        for side in ("recall", "precision")
    }
    assert {name: ours[name] for name in expected} == {
        name: pytest.approx(value, abs=6e-5) for name, value in expected.items()
    }
