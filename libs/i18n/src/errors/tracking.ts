import type { ErrorCode, LocalText } from '#contract';

/** Texts of errors about what training scripts log. */
export const trackingErrors = {
  'tracked-columns-uneven': {
    en: 'The field {{field}} has {{actual}} entries for {{expected}} values. Send one for each value, or leave the field out.',
    es: 'El campo {{field}} tiene {{actual}} elementos para {{expected}} valores. Envíe uno por valor u omita el campo.',
    pt: 'O campo {{field}} tem {{actual}} elementos para {{expected}} valores. Envie um por valor ou omita o campo.',
    de: 'Das Feld {{field}} hat {{actual}} Einträge für {{expected}} Werte. Senden Sie einen je Wert, oder lassen Sie das Feld weg.',
    zh: '字段 {{field}} 有 {{actual}} 项，而数值有 {{expected}} 个。请为每个数值提供一项，或省略该字段。',
  },
  'tracked-limit-passed': {
    en: 'The field {{field}} is too large: {{most}} at the most. Shorten it, or split what you log.',
    es: 'El campo {{field}} es demasiado grande: como máximo {{most}}. Acórtelo o divida lo que registra.',
    pt: 'O campo {{field}} é demasiado grande: no máximo {{most}}. Encurte-o ou divida o que regista.',
    de: 'Das Feld {{field}} ist zu groß: höchstens {{most}}. Kürzen Sie es oder teilen Sie, was Sie protokollieren.',
    zh: '字段 {{field}} 过大：最多 {{most}}。请缩短，或拆分要记录的内容。',
  },
  'tracked-project-not-found': {
    en: 'There is no tracked project {{name}}. List the projects, or log a first run to it.',
    es: 'No existe el proyecto de seguimiento {{name}}. Consulte la lista de proyectos o registre en él una primera ejecución.',
    pt: 'Não existe o projeto acompanhado {{name}}. Consulte a lista de projetos ou registe nele uma primeira execução.',
    de: 'Es gibt kein verfolgtes Projekt {{name}}. Sehen Sie in der Liste der Projekte nach oder protokollieren Sie einen ersten Lauf darin.',
    zh: '没有名为 {{name}} 的跟踪项目。请查看项目列表，或先向其中记录一次运行。',
  },
  'tracked-run-stopped': {
    en: 'Run {{id}} was stopped; nothing more is logged to it. End the script, or begin the run anew.',
    es: 'La ejecución {{id}} se detuvo; no se registra nada más en ella. Termine el script o comience la ejecución de nuevo.',
    pt: 'A execução {{id}} foi parada; nada mais é registado nela. Termine o script ou comece a execução de novo.',
    de: 'Der Lauf {{id}} wurde angehalten; in ihm wird nichts mehr protokolliert. Beenden Sie das Skript, oder beginnen Sie den Lauf neu.',
    zh: '运行 {{id}} 已被停止；不再向其记录任何内容。请结束脚本，或重新开始该运行。',
  },
  'tracked-run-gone': {
    en: 'Run {{id}} was deleted; nothing is written to it any more. Start a new run.',
    es: 'La ejecución {{id}} fue eliminada; ya no se escribe nada en ella. Inicie una ejecución nueva.',
    pt: 'A execução {{id}} foi eliminada; já nada é escrito nela. Inicie uma nova execução.',
    de: 'Der Lauf {{id}} wurde gelöscht; es wird nichts mehr in ihn geschrieben. Beginnen Sie einen neuen Lauf.',
    zh: '运行 {{id}} 已被删除，不再写入任何内容。请开始新的运行。',
  },
  'tracked-run-not-found': {
    en: 'There is no tracked run {{id}}. Check the id, or open the run before you log to it.',
    es: 'No existe la ejecución de seguimiento {{id}}. Compruebe el identificador o abra la ejecución antes de registrar en ella.',
    pt: 'Não existe a execução acompanhada {{id}}. Verifique o identificador ou abra a execução antes de registar nela.',
    de: 'Es gibt keinen verfolgten Lauf {{id}}. Prüfen Sie die Kennung oder öffnen Sie den Lauf, bevor Sie in ihn protokollieren.',
    zh: '没有编号为 {{id}} 的跟踪运行。请检查编号，或在记录之前先打开该运行。',
  },
  'tracked-series-not-found': {
    en: 'There is no series {{name}} in this run. List the series of the run to see what was logged.',
    es: 'No existe la serie {{name}} en esta ejecución. Consulte la lista de series para ver lo que se registró.',
    pt: 'Não existe a série {{name}} nesta execução. Consulte a lista de séries para ver o que foi registado.',
    de: 'In diesem Lauf gibt es keine Reihe {{name}}. Sehen Sie in der Liste der Reihen nach, was protokolliert wurde.',
    zh: '此运行中没有序列 {{name}}。请列出该运行的序列以查看已记录的内容。',
  },
} as const satisfies Partial<Record<ErrorCode, LocalText>>;
