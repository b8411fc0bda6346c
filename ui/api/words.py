"""What the interface for programs says of itself: each in Chinese and in English.

{names} are words of the web app's own interface, so that a kind or status is called here as it is there.
"""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    # what can be asked for
    "ask": ("提问", "Answer a question"),
    "ask_more": (
        "回答附出处；资料里没有提到的如实说明，并给出最接近的原文。两种情况的状态码都是200。",
        "The answer with citations, or a refusal that says what is nearest: both with status 200.",
    ),
    "search": ("检索原文", "Find passages"),
    "search_more": (
        "回答会从中取材的段落，最相关的在前。",
        "The passages that an answer would be taken from, best first.",
    ),
    "search_by_body": (
        "与上面相同，参数改放在请求体里。",
        "The same, with a body in place of parameters.",
    ),
    "ledger": ("查承诺台账", "List commitments"),
    "ledger_more": (
        "符合各项条件的承诺，以及总数。",
        "The rows that the parameters leave, with their number.",
    ),
    "documents": ("列出资料", "List documents"),
    "documents_more": (
        "资料库里该用户可以看的资料。",
        "The documents of the library that this user may see.",
    ),
    "taken": ("已办成。", "It was done."),
    # troubles
    "error_401": ("没有带令牌，或令牌已经失效。", "No token, or one that has ended."),
    "error_404": (
        "没有这份资料，或该用户不能看。",
        "A document that is not there, or not for this user.",
    ),
    "error_413": ("请求体太大。", "The body is too large."),
    "error_422": (
        "请求里有不能用的内容，errors 一项逐处说明。",
        "Something in the request cannot be used; `errors` says what.",
    ),
    "error_429": (
        "请求太频繁，Retry-After 头写明几秒之后再来。",
        "Too many requests; Retry-After says when to try again.",
    ),
    "error_503": ("资料库暂时读不出来。", "The library cannot be read at the moment."),
    # shapes
    "ScopeSent": (
        "把检索限制在哪些资料之内，空的列表不限制。",
        "What a question is restricted to; an empty list restricts nothing.",
    ),
    "Question": (
        "一个问题，以及同一次对话里在它之前的问题。",
        "A question, with those that went before it in the same conversation.",
    ),
    "Searching": ("要找什么样的段落。", "What passages are looked for."),
    "LedgerAsked": (
        "要台账里的哪些行：每一项都缩小范围，不填的不限。",
        "Which rows of the ledger: every field narrows, one that is not set does not.",
    ),
    "Citation": ("某份资料某一版本里的原文。", "Verbatim words of one revision of a document."),
    "Answer": ("回答，或说明资料里没有。", "An answer, or a refusal."),
    "Passage": ("资料里的一段。", "A passage of a document."),
    "Found": ("找到的段落，最相关的在前。", "Passages, best first."),
    "Metric": ("指标，照原文写法。", "A figure as printed."),
    "Row": ("一项承诺。", "One commitment."),
    "Rows": ("台账的行，以及总数。", "Rows of the ledger, and how many there are in all."),
    "Listed": (
        "资料库里的一份资料；看不出来的一项是 null。",
        "A document of the library; null is what nobody could tell.",
    ),
    "Documents": ("资料库里的资料，按文件名排列。", "The documents of the library, by name."),
    "Fault": ("请求里哪一处有什么问题。", "What is wrong with one part of a request."),
    "Problem": ("请求没有办成的原因（RFC 9457）。", "Why a request was not taken (RFC 9457)."),
    # what is sent
    "question_sent": ("问题，用平常的话写。", "The question, in plain words."),
    "question_sought": ("问题，或几个词。", "The question, or words."),
    "history": (
        "在它之前的问题，早的在前；每个都会重新回答一遍。",
        "The questions before it, oldest first; each is answered again.",
    ),
    "scope": ("检索范围。", "What it is restricted to."),
    "only_documents": ("只在这些资料里找，写文件名。", "Only these documents, by file name."),
    "only_years": ("只在这些年份的资料里找。", "Only documents of these years."),
    "only_issuers": ("只在这些发文单位的资料里找。", "Only documents of these bodies."),
    "k": ("最多几段。", "How many passages at most."),
    "only_kinds": (
        "只要这些类别：target {kind_target}、task {kind_task}、requirement {kind_requirement}、report 实绩；实绩只在这里写明时才列出。",
        "Only these kinds; reports of what was done are listed only where `report` is asked for.",
    ),
    "only_owner": (
        "只要责任单位或配合单位的名称里有这几个字的。",
        "Only where the name of the owner, or of a cooperating unit, holds this.",
    ),
    "due_from": ("只要这一天或以后到期的。", "Only what is due on this day or later."),
    "due_before": ("只要这一天或以前到期的。", "Only what is due on this day or earlier."),
    "overdue": (
        "只要这一天之前就该办完、还没有办完的。",
        "Only what was due before this day and is not done.",
    ),
    "rows_of_years": ("只要这些年份的。", "Only of these years."),
    "rows_of_issuers": ("只要这些发文单位的。", "Only of these bodies."),
    "words": (
        "只要原文、责任单位或标题里含有每一个词的，词用空格隔开。",
        "Only where sentence, owner or headings hold each of these words.",
    ),
    "only_masked": (
        "true 只要原文隐去数字的，false 只要没有隐去的。",
        "Only where the source masks the figure, or does not.",
    ),
    "only_status": (
        "只要登记为这些完成情况的：not_started {progress_not_started}、under_way {progress_under_way}、done {progress_done}、"
        "stopped {progress_stopped}、none {progress_none}。",
        "Only of these statuses, as people noted them; `none`: nobody did.",
    ),
    "order": (
        "排序：document {order_document}、due {order_due}、owner {order_owner}、year 按年份；没有这一项的排在最后。",
        "What has no day, owner or year comes last.",
    ),
    "limit": ("最多几行。", "How many rows at most."),
    "offset": ("跳过前面几行。", "How many rows to leave out before them."),
    # what is given
    "number": ("回答里的编号 [n]。", "The marker [n] in the answer."),
    "document": ("资料的文件名。", "The document's file name."),
    "revision": ("文件内容的 sha256，内容一变就不同。", "sha256 of the document's bytes."),
    "title": ("资料的标题。", "The document's title."),
    "path": ("上面各级标题，从大到小。", "The headings above, outermost first."),
    "start": ("从全文的第几个字开始，从0数起。", "Offset of the first character in the document's text."),
    "end": ("到第几个字之前为止。", "Offset after the last character."),
    "quote": ("原文，一字不差。", "The document's own words."),
    "page": ("第几页；不分页的格式没有。", "Where the format has pages."),
    "question_given": ("所问的问题。", "The question as asked."),
    "answer": ("答案，[1]、[2] 是出处的编号。", "With markers [1], [2] that name citations."),
    "answer_status": (
        "answered 已回答、masked {status_masked}、not_found {status_not_found}。",
        "Whether it is answered, the source masks it, or the documents do not say.",
    ),
    "abstained": ("资料里没有提到时为 true。", "Whether the documents do not say."),
    "mode": (
        "quoting 直接引用原文，writing {mode_writing}。",
        "Whether the source is quoted, or a model wrote from it.",
    ),
    "citations": ("出处，按编号排列。", "The sources, by number."),
    "warnings": ("要请读者注意的地方。", "What the reader should be told."),
    "elapsed_ms": ("用了多少毫秒。", "Milliseconds that it took."),
    "answered_by_ledger": (
        "由台账回答时：用了哪些条件，共有几行。",
        "Where rows of the ledger answer: which, and how many.",
    ),
    "text": ("段落的原文。", "The passage's own words."),
    "score": ("相关程度，越大越相关。", "How well it fits; higher is better."),
    "passages": ("段落，最相关的在前。", "Passages, best first."),
    "indicator": ("指标名称。", "The indicator."),
    "comparator": (
        "比较方式，如 >= 不低于、<= 不超过、about 左右、range 区间、top 前几名。",
        "How it bounds, such as >=, about, range (of two ends), top (a rank).",
    ),
    "value": ("数值，照原文写法。", "The value, as printed."),
    "unit": ("单位，照原文写法。", "The unit, as printed."),
    "masked": ("原文把数字隐去时为 true。", "Whether the source masks the figure."),
    "upper": ("区间的上限。", "The higher end of a range."),
    "kind": (
        "target {kind_target}、task {kind_task}、requirement {kind_requirement}、report 实绩。",
        "A target, task, requirement, or report of what was done.",
    ),
    "what": ("事项，从原文缩写而成。", "What is to be done, in short."),
    "owner": ("责任单位，照原文写法。", "Who is to act, as said."),
    "owner_scope": (
        "explicit 本句写明，inherited {owner_inherited}。",
        "Whether the sentence names the owner, or a heading or an earlier paragraph does.",
    ),
    "deadline": ("期限，照原文写法。", "By when, as said."),
    "due": ("最后一天；反复要做的是周期。", "The last day, or the recurrence."),
    "metric": ("指标；没有数字的是 null。", "The figure, if there is one."),
    "id": ("这一项的编号，由它的原文算出。", "Its identity, made from its words."),
    "issuer": ("发文单位。", "The body that speaks."),
    "year": ("说的是哪一年的工作。", "The year whose work it is about."),
    "cooperating": ("配合单位。", "The units that cooperate."),
    "period": ("实绩所说时段的第一天和最后一天。", "First and last day that a report speaks of."),
    "status": (
        "登记的完成情况；没有人登记过的是 null。",
        "The status that a person noted; null where nobody did.",
    ),
    "percent": ("登记的完成比例。", "The per cent that a person noted as done."),
    "note": ("登记时写的备注。", "The remark that a person noted."),
    "total": ("一共有几行。", "How many rows there are in all."),
    "rows": ("这一次给出的行。", "The rows that are given."),
    "document_kind": (
        "speech {kind_speech}、plan {kind_plan}、report {kind_report}、ledger {kind_ledger}、other {kind_other}。",
        "What kind of document it is.",
    ),
    "region": ("所说的地区。", "The place it speaks of."),
    "date": ("发文或讲话的日期。", "The day it was given or issued."),
    "document_period": ("所说的时段，照原文写法。", "The stretch of time it speaks of, as said."),
    "speaker": ("讲话的层级或职务。", "The level or post that speaks."),
    "aliases": ("别的叫法。", "Other names of it."),
    "characters": ("字数。", "How many characters it has."),
    "passage_count": ("分成几段。", "How many passages it has."),
    "ingested_at": ("入库时间。", "When it was taken in."),
    "source": ("从哪里来。", "Where it came from."),
    "listed": ("资料，按文件名排列。", "The documents, by name."),
    "where": ("哪一处。", "Which part."),
    "told": ("什么问题。", "What is wrong with it."),
    "type": ("问题的种类，固定是 about:blank。", "The kind of problem: about:blank."),
    "problem_title": ("状态码通常的名称。", "The usual title of the status code."),
    "code": ("状态码。", "The status code."),
    "detail": ("一句话说明出了什么事。", "What happened, in a sentence."),
    "errors": ("请求里每一处问题。", "What is wrong, part by part."),
}
