/** Addressed to a tool or a lawyer: never a remark, never prose. */
export function isPragma(text: string): boolean {
  return PRAGMA.test(text);
}

/** A pragma follows inside the comment: `# TODO: rename  # noqa: E501`, `// TODO: type // eslint-disable-line`. */
export function holdsPragma(text: string): boolean {
  return text.split(/#|\s\/\/|\s\/\*/).some((part) => isPragma(part.trim())) || isPragma(text);
}

/** `TODO: …`, `FIXME`, `Temporarily disabled - …`, `uncomment when the service is ready`. */
export function isRemarkText(text: string): boolean {
  return !holdsPragma(text) && [SHOUTED, MARKED, DISABLED_FOR_NOW, DISABLED_ABROAD].some((words) => words.test(text));
}

/** The remark says that something is switched off, rather than that something is to be done. */
export function saysDisabled(text: string): boolean {
  return DISABLED_FOR_NOW.test(text) || DISABLED_ABROAD.test(text) || saysForNow(text);
}

/** Words that make a commented-out call a temporary matter, though not a sentence: `for now`. */
export function saysForNow(text: string): boolean {
  return FOR_NOW.test(text) && !holdsPragma(text);
}

/** Capitals at the start; in the middle of a sentence the word speaks of something else, and the rest of the line would be lost. */
const SHOUTED = /^[\W_]{0,4}(TODO|FIXME|HACK|XXX)(?![\w-])/;

/** In any case at the start, with a colon or dash: `Todo(ana): …`. */
const MARKED = /^[@*-]?\s*(todo|fixme|hack|xxx)\s*(\([^)]*\))?\s*[:—–-]/i;

const PRAGMA = new RegExp(
  [
    /^(noqa\b|type:\s*ignore|pyright:|mypy:|pylint:|pytype:|pyre-|pragma\b|fmt:|yapf:|isort:|ruff:|flake8[:-]|nosec\b|nosemgrep)/,
    /^(bandit|black:|coding[:=]|-\*-|!|spdx-|copyright\b|licen[sc]ed?\b|startup-codemod\s*:|region\b|endregion\b|%%|vim?:)/,
    /^(eslint\b|@?ts-(ignore|expect-error|nocheck|check)\b|prettier-|istanbul\b|[cv]8\b.*\bignore\b|node:coverage|biome-|oxlint|deno-(lint|fmt|coverage))/,
    /^([tj]s[hl]int\b|jscs:|stylelint-|cspell:|spell-?checker\b|globals?\s+[\w$]+\s*:|@?flow(lint)?\b(:|$)|\$Flow|webpack[A-Z]\w*\s*:|@vite-ignore)/,
    /^(#(end)?region\b|[#@]\s*source(Mapping)?URL|[#@]__\w+__|<(reference|amd-)|@(jsx\w*|license|preserve|cc_on|jest-|vitest-)|knip-|ts-prune-)/,
    /^(skipcq|noinspection|language=|sonar|codespell:|lint:|nopep8|cov(er)?age?:|\(c\))/,
  ]
    .map(({ source }) => source)
    .join('|'),
  'i',
);

const FOR_NOW =
  /\b(for now|for the moment|for the time being|until further notice|temporarily|vorerst|pour l'instant|por ahora|por enquanto|per ora)\b|пока|временно|暂时|暫時|临时|一時的/iu;

/** Past forms only: `Temporarily disable foreign keys` explains the statement below it. */
const DISABLED = '(disabled|commented[ -]?out|turned off|deactivated|switched off|bypassed)';

const DISABLED_FOR_NOW = new RegExp(
  [
    String.raw`\btemporarily[\s,:-]+(\w+\s+){0,3}(${DISABLED}|removed|skipped)\b`,
    String.raw`^\W*temp(orary|\.)?[\s,:-]+${DISABLED}\b`,
    String.raw`\b${DISABLED}\b[^.;]{0,40}\b(temporarily|for now|until further notice|for the time being|for the moment)\b`,
    String.raw`(^|[.;:,(—–-])\s*(please\s+)?un-?comment\b[^.]{0,40}\b(when|once|after|as soon as|later|ready|again)\b`,
    String.raw`(^|[.;:,(—–-])\s*(please\s+)?re-?enable\b[^.]{0,40}\b(when|once|as soon as|later|again)\b`,
    String.raw`\bcommented[ -]?out\b[^.]{0,60}\b(speed|slow|slows|delay|delays|until|debug|debugging|while)\b`,
  ].join('|'),
  'i',
);

/** "Temporarily disabled" in other languages. */
const DISABLED_ABROAD = new RegExp(
  [
    String.raw`\b(vorübergehend|vorläufig|vorerst|temporär|zeitweise)\s+(deaktiviert|abgeschaltet|auskommentiert|ausgeschaltet)`,
    String.raw`\b(temporairement|provisoirement)\s+(désactivé|commenté|retiré)`,
    String.raw`(désactivé|commenté)e?s?\s+(temporairement|provisoirement|pour l'instant|pour le moment)`,
    String.raw`\b(temporalmente|provisionalmente)\s+(desactivad|deshabilitad|comentad)`,
    String.raw`\b(desactivad|deshabilitad|comentad)\w*\s+(temporalmente|por ahora|de momento)`,
    String.raw`\b(temporariamente|provisoriamente)\s+(desativad|desabilitad|comentad)`,
    String.raw`\b(desativad|desabilitad|comentad)\w*\s+(temporariamente|por enquanto|por agora)`,
    String.raw`\btemporaneamente\s+(disabilitat|disattivat|commentat)|\b(disabilitat|disattivat|commentat)\w*\s+(temporaneamente|per ora)`,
    String.raw`\btijdelijk\s+(uitgeschakeld|uitgezet|uitgecommentarieerd)|\b(tillfälligt|midlertidigt?)\s+(avstängd|inaktiverad|bortkommenterad|deaktiveret|deaktivert|slått av)`,
    String.raw`\btymczasowo\s+(wyłącz|zakoment|dezaktyw)|\bgeçici\s+olarak\s+(devre\s+dışı|kapat|kaldır|pasif)`,
    String.raw`\btạm\s+(thời\s+)?(tắt|vô\s+hiệu|bỏ|comment)|\b(sementara\s+di(nonaktif|matik)|di(nonaktifkan|matikan)\s+sementara)`,
    String.raw`временно\s+(отключ|выключ|закоммент|деактив)|(отключ|выключ|закоммент)\p{L}*\s+(временно|пока)`,
    String.raw`(暂时|暫時|临时|臨時)(性地|地)?\s*(禁用|关闭|關閉|停用|注释|註釋|屏蔽)|先(注释|註釋|禁用|关闭)`,
    String.raw`一時的に\s*(無効|停止|コメントアウト)|(임시|일시적)(로|으로)?\s*(비활성|주석)`,
  ].join('|'),
  'iu',
);
