/** Addressed to a tool or a lawyer: never a remark, never prose. */
export function isPragma(text: string): boolean {
  return PRAGMA.test(text);
}

/** `TODO: …`, `Temporarily disabled - …`, `FIXME`, `uncomment when the service is ready`. */
export function isRemarkText(text: string): boolean {
  return !isPragma(text) && (MARKER.test(text) || TEMPORARY.test(text));
}

/** The word is capitalised, or stands at the start with a colon: `todo list` in a sentence is no marker. */
const MARKER =
  /(^|[\s([{*-])(TODO|FIXME|HACK|XXX)(?![\w-])|^(todo|fixme|hack|xxx)\s*(\([^)]*\))?\s*[:\-—–]|^@(todo|fixme)\b/;

const PRAGMA =
  /^(noqa\b|type:\s*ignore|pyright:|mypy:|pylint:|pytype:|pyre-|pragma\b|fmt:|yapf:|isort:|ruff:|flake8[:-]|nosec\b|nosemgrep|bandit|black:|coding[:=]|-\*-|!|spdx-|copyright\b|licen[sc]ed?\b|startup-codemod\s*:|region\b|endregion\b|%%|vim?:|ex:|skipcq|noinspection|language=|sonar|codespell:|lint:|nopep8|cov(er)?age?:)/i;

const DISABLED = String.raw`(disabled?|disabling|commented[ -]?out|turned off|deactivated|switched off|skipped|bypass(ed)?|removed|off)`;

const TEMPORARY = new RegExp(
  [
    String.raw`\btemp(orar(il)?y|\.)?[\s:-]*${DISABLED}\b`,
    String.raw`\b${DISABLED}\b[^.;]{0,40}\b(temporarily|for now|until further notice|for the time being|for the moment)\b`,
    String.raw`^\W*(temporarily|temporary)\b`,
    String.raw`\b(un-?comment|re-?enable|enable)\b[^.]{0,40}\b(when|once|if|after|as soon as|later|ready|needed|again)\b`,
    String.raw`\bcommented[ -]?out\b[^.]{0,60}\b(speed|slow|delay|until|debug|while|during|because it (block|hang|break))`,
    String.raw`\b(temporary|quick|dirty)\s+(hack|fix|workaround|solution)\b`,
    String.raw`\b(vorübergehend|vorläufig|temporär|zeitweise)\s+(deaktiviert|abgeschaltet|auskommentiert|ausgeschaltet)`,
    String.raw`\b(temporairement|provisoirement)\s+(désactivé|commenté|retiré)|\b(désactivé|commenté)\w*\s+(temporairement|provisoirement|pour l'instant|pour le moment)`,
    String.raw`\b(temporalmente|provisionalmente)\s+(desactivad|deshabilitad|comentad)|\b(desactivad|deshabilitad|comentad)\w*\s+(temporalmente|por ahora|de momento)`,
    String.raw`\b(temporariamente|provisoriamente)\s+(desativad|desabilitad|comentad)|\b(desativad|desabilitad|comentad)\w*\s+(temporariamente|por enquanto|por agora)`,
    String.raw`\btemporaneamente\s+(disabilitat|disattivat|commentat)|\b(disabilitat|disattivat|commentat)\w*\s+(temporaneamente|per ora)`,
    String.raw`временно\s+(отключ|выключ|закоммент|деактив)|(отключ|выключ|закоммент)[\p{L}]*\s+(временно|пока)`,
    String.raw`(暂时|暫時|临时|臨時)\s*(禁用|关闭|關閉|停用|注释|註釋|屏蔽)|先(注释|註釋|禁用|关闭)`,
    String.raw`一時的に\s*(無効|停止|コメントアウト)|(임시|일시적)(로|으로)?\s*(비활성|주석)`,
  ].join('|'),
  'iu',
);
