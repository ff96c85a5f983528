import { type LocalText, phrase } from '#contract';

/** Why a query of tracked runs is refused: the end of the sentences of `query-invalid` and `query-too-costly`. */
export const queryReasons = {
  'argument-twice': {
    en: 'the argument "{name}" is given twice',
    es: 'el argumento "{name}" aparece dos veces',
    pt: 'o argumento "{name}" aparece duas vezes',
    de: 'das Argument „{name}“ steht zweimal da',
    zh: '参数“{name}”出现了两次',
  },
  'digits-too-many': {
    en: 'a whole number has at most {limit} digits',
    es: 'un número entero tiene como máximo {limit} cifras',
    pt: 'um número inteiro tem no máximo {limit} algarismos',
    de: 'eine ganze Zahl hat höchstens {limit} Ziffern',
    zh: '整数最多有 {limit} 位',
  },
  'end-of-query': {
    en: 'the end of the query',
    es: 'el final de la consulta',
    pt: 'o fim da consulta',
    de: 'das Ende der Abfrage',
    zh: '查询的结尾',
  },
  'equals-sign': {
    en: '"=" compares nothing; write "=="',
    es: '"=" no compara; escriba "=="',
    pt: '"=" não compara; escreva "=="',
    de: '„=“ vergleicht nicht; schreiben Sie „==“',
    zh: '“=”不用于比较，请写“==”',
  },
  'escape-digits': {
    en: '"{sign}" needs {count} hexadecimal digits of a character',
    es: '"{sign}" necesita {count} cifras hexadecimales de un carácter',
    pt: '"{sign}" precisa de {count} algarismos hexadecimais de um carácter',
    de: '„{sign}“ braucht {count} hexadezimale Ziffern eines Zeichens',
    zh: '“{sign}”之后需要某个字符的 {count} 位十六进制数字',
  },
  'exclamation-mark': {
    en: 'a lone "!" means nothing; write "not" or "!="',
    es: 'un "!" solo no significa nada; escriba "not" o "!="',
    pt: 'um "!" sozinho não significa nada; escreva "not" ou "!="',
    de: 'ein „!“ allein bedeutet nichts; schreiben Sie „not“ oder „!=“',
    zh: '单独的“!”没有意义，请写“not”或“!=”',
  },
  'formatted-string': {
    en: 'formatted strings are not part of the query language',
    es: 'las cadenas con formato no forman parte del lenguaje de consulta',
    pt: 'as cadeias formatadas não fazem parte da linguagem de consulta',
    de: 'formatierte Zeichenketten gehören nicht zur Abfragesprache',
    zh: '格式化字符串不属于查询语言',
  },
  'generator-brackets': {
    en: 'a generator beside other arguments needs brackets of its own',
    es: 'un generador junto a otros argumentos necesita sus propios paréntesis',
    pt: 'um gerador junto de outros argumentos precisa de parênteses próprios',
    de: 'ein Generator neben anderen Argumenten braucht eigene Klammern',
    zh: '生成器与其他参数并列时需要自己的括号',
  },
  'integer-too-wide': {
    en: 'an integer may have {limit} bits; make the numbers smaller',
    es: 'un entero admite {limit} bits; use números más pequeños',
    pt: 'um inteiro admite {limit} bits; use números mais pequenos',
    de: 'eine ganze Zahl darf {limit} Bit haben; nehmen Sie kleinere Zahlen',
    zh: '整数最多 {limit} 位二进制，请使用更小的数',
  },
  'list-too-long': {
    en: 'a list may have {limit} items; make it shorter',
    es: 'una lista admite {limit} elementos; acórtela',
    pt: 'uma lista admite {limit} elementos; encurte-a',
    de: 'eine Liste darf {limit} Elemente haben; kürzen Sie sie',
    zh: '列表最多 {limit} 项，请缩短',
  },
  'name-due': {
    en: 'a name is due here, not {found}',
    es: 'aquí falta un nombre, no {found}',
    pt: 'aqui falta um nome, não {found}',
    de: 'hier muss ein Name stehen, nicht {found}',
    zh: '此处应为名称，而不是{found}',
  },
  'named-argument-due': {
    en: 'named arguments come last; {found} cannot follow one',
    es: 'los argumentos con nombre van al final; {found} no puede seguir a uno',
    pt: 'os argumentos com nome ficam no fim; {found} não pode seguir um',
    de: 'benannte Argumente stehen zuletzt; {found} kann keinem folgen',
    zh: '命名参数必须放在最后，其后不能是{found}',
  },
  'named-character': {
    en: 'characters by name are not part of the query language',
    es: 'los caracteres por nombre no forman parte del lenguaje de consulta',
    pt: 'os caracteres por nome não fazem parte da linguagem de consulta',
    de: 'Zeichen beim Namen gehören nicht zur Abfragesprache',
    zh: '以名称表示的字符不属于查询语言',
  },
  'nested-too-deep': {
    en: 'brackets may be nested {limit} levels deep',
    es: 'los paréntesis admiten {limit} niveles',
    pt: 'os parênteses admitem {limit} níveis',
    de: 'Klammern dürfen {limit} Ebenen tief sein',
    zh: '括号最多嵌套 {limit} 层',
  },
  'not-in-language': {
    en: '"{what}" is not part of the query language',
    es: '"{what}" no forma parte del lenguaje de consulta',
    pt: '"{what}" não faz parte da linguagem de consulta',
    de: '„{what}“ gehört nicht zur Abfragesprache',
    zh: '“{what}”不属于查询语言',
  },
  'not-needs-brackets': {
    en: 'put "not …" into brackets',
    es: 'ponga "not …" entre paréntesis',
    pt: 'ponha "not …" entre parênteses',
    de: 'setzen Sie „not …“ in Klammern',
    zh: '请将“not …”放入括号',
  },
  'number-followed': {
    en: 'a number cannot be followed by "{sign}"',
    es: 'tras un número no puede ir "{sign}"',
    pt: 'depois de um número não pode vir "{sign}"',
    de: 'auf eine Zahl kann nicht „{sign}“ folgen',
    zh: '数字之后不能是“{sign}”',
  },
  'operator-due': {
    en: 'an operator is due here, not {found}',
    es: 'aquí falta un operador, no {found}',
    pt: 'aqui falta um operador, não {found}',
    de: 'hier muss ein Operator stehen, nicht {found}',
    zh: '此处应为运算符，而不是{found}',
  },
  'operators-too-many': {
    en: 'at most {limit} operators may follow one another; use brackets',
    es: 'como máximo {limit} operadores seguidos; use paréntesis',
    pt: 'no máximo {limit} operadores seguidos; use parênteses',
    de: 'höchstens {limit} Operatoren dürfen aufeinander folgen; setzen Sie Klammern',
    zh: '最多连续使用 {limit} 个运算符，请使用括号',
  },
  'query-too-long': {
    en: 'a query may have {limit} characters',
    es: 'una consulta admite {limit} caracteres',
    pt: 'uma consulta admite {limit} caracteres',
    de: 'eine Abfrage darf {limit} Zeichen haben',
    zh: '查询最多 {limit} 个字符',
  },
  'sign-due': {
    en: '"{sign}" is due here, not {found}',
    es: 'aquí falta "{sign}", no {found}',
    pt: 'aqui falta "{sign}", não {found}',
    de: 'hier muss „{sign}“ stehen, nicht {found}',
    zh: '此处应为“{sign}”，而不是{found}',
  },
  'steps-of-one-run': {
    en: 'it takes too many steps for one run; make it simpler',
    es: 'requiere demasiados pasos para una ejecución; simplifíquela',
    pt: 'exige demasiados passos para uma execução; simplifique-a',
    de: 'sie braucht für einen Lauf zu viele Schritte; vereinfachen Sie sie',
    zh: '对单个运行的计算步骤过多，请简化',
  },
  'steps-over-all': {
    en: 'it takes too many steps over all runs; make it simpler or narrow it down',
    es: 'requiere demasiados pasos en el conjunto de las ejecuciones; simplifíquela o acótela',
    pt: 'exige demasiados passos no conjunto das execuções; simplifique-a ou restrinja-a',
    de: 'sie braucht über alle Läufe zu viele Schritte; vereinfachen oder begrenzen Sie sie',
    zh: '对全部运行的计算步骤过多，请简化或缩小范围',
  },
  'string-open': {
    en: 'a string does not end; add the closing quote',
    es: 'una cadena no termina; añada la comilla de cierre',
    pt: 'uma cadeia não termina; acrescente a aspa de fecho',
    de: 'eine Zeichenkette endet nicht; ergänzen Sie das schließende Anführungszeichen',
    zh: '字符串没有结束，请补上结尾的引号',
  },
  'string-prefix': {
    en: 'a string cannot have the prefix "{prefix}"',
    es: 'una cadena no puede llevar el prefijo "{prefix}"',
    pt: 'uma cadeia não pode ter o prefixo "{prefix}"',
    de: 'eine Zeichenkette kann nicht die Vorsilbe „{prefix}“ haben',
    zh: '字符串不能带前缀“{prefix}”',
  },
  'text-too-long': {
    en: 'a text may have {limit} characters; make it shorter',
    es: 'un texto admite {limit} caracteres; acórtelo',
    pt: 'um texto admite {limit} caracteres; encurte-o',
    de: 'ein Text darf {limit} Zeichen haben; kürzen Sie ihn',
    zh: '文本最多 {limit} 个字符，请缩短',
  },
  'time-of-one-run': {
    en: 'it takes too long for one run; make it simpler',
    es: 'tarda demasiado con una ejecución; simplifíquela',
    pt: 'demora demasiado com uma execução; simplifique-a',
    de: 'sie dauert für einen Lauf zu lange; vereinfachen Sie sie',
    zh: '对单个运行耗时过长，请简化',
  },
  'underscore-attribute': {
    en: 'no attribute begins with an underscore, as "{name}" does',
    es: 'ningún atributo empieza por un guion bajo, como "{name}"',
    pt: 'nenhum atributo começa por um sublinhado, como "{name}"',
    de: 'kein Attribut beginnt mit einem Unterstrich wie „{name}“',
    zh: '没有以下划线开头的属性，如“{name}”',
  },
  'underscore-name': {
    en: '"{name}" begins with an underscore; reach such keys in brackets, run["{name}"]',
    es: '"{name}" empieza por un guion bajo; acceda a esas claves entre corchetes, run["{name}"]',
    pt: '"{name}" começa por um sublinhado; aceda a essas chaves entre parênteses retos, run["{name}"]',
    de: '„{name}“ beginnt mit einem Unterstrich; solche Schlüssel erreichen Sie in Klammern, run["{name}"]',
    zh: '“{name}”以下划线开头；请用方括号访问此类键：run["{name}"]',
  },
  unpacking: {
    en: 'unpacking with "*" is not part of the query language',
    es: 'desempaquetar con "*" no forma parte del lenguaje de consulta',
    pt: 'desempacotar com "*" não faz parte da linguagem de consulta',
    de: 'das Auspacken mit „*“ gehört nicht zur Abfragesprache',
    zh: '用“*”解包不属于查询语言',
  },
  'value-due': {
    en: 'a value is due here, not {found}',
    es: 'aquí falta un valor, no {found}',
    pt: 'aqui falta um valor, não {found}',
    de: 'hier muss ein Wert stehen, nicht {found}',
    zh: '此处应为值，而不是{found}',
  },
  'values-too-large': {
    en: 'it makes values that are too large or too deep; make it simpler',
    es: 'produce valores demasiado grandes o profundos; simplifíquela',
    pt: 'produz valores demasiado grandes ou profundos; simplifique-a',
    de: 'sie bildet zu große oder zu tiefe Werte; vereinfachen Sie sie',
    zh: '产生的值过大或嵌套过深，请简化',
  },
  'zeros-first': {
    en: 'a whole number cannot begin with zeros',
    es: 'un número entero no puede empezar por ceros',
    pt: 'um número inteiro não pode começar por zeros',
    de: 'eine ganze Zahl kann nicht mit Nullen beginnen',
    zh: '整数不能以零开头',
  },
} as const satisfies Record<string, LocalText>;

/** Keys of the texts that say why a query is refused. */
type QueryReason = keyof typeof queryReasons;

/** Why a query is refused, in every language; what was `found` may be the end of the query. */
export function queryReason(
  reason: QueryReason,
  { found, ...values }: Readonly<Record<string, string | number>>,
): LocalText {
  if (found === undefined) return phrase(queryReasons[reason], values);
  const end = 'end-of-query' satisfies QueryReason;
  return phrase(queryReasons[reason], { ...values, found: found === end ? queryReasons[end] : found });
}
