import type { ErrorCode, LocalText } from '#contract';

/** Texts of errors of ML-Dash's routes. */
export const mlDashErrors = {
  'cursor-invalid': {
    en: 'This cursor was not given out by this server. Begin again without one.',
    es: 'Este cursor no fue emitido por este servidor. Empiece de nuevo sin cursor.',
    pt: 'Este cursor não foi emitido por este servidor. Recomece sem cursor.',
    de: 'Diesen Cursor hat der Server nicht ausgegeben. Beginnen Sie ohne Cursor von vorn.',
    zh: '此游标不是由本服务器给出的。请不带游标重新开始。',
  },
  'file-checksum-differs': {
    en: 'The file that arrived has the SHA-256 {{actual}} instead of {{expected}}. Nothing was stored; send it again.',
    es: 'El archivo recibido tiene el SHA-256 {{actual}} en lugar de {{expected}}. No se guardó nada; envíelo de nuevo.',
    pt: 'O ficheiro recebido tem o SHA-256 {{actual}} em vez de {{expected}}. Nada foi guardado; envie-o novamente.',
    de: 'Die angekommene Datei hat den SHA-256 {{actual}} statt {{expected}}. Nichts wurde gespeichert; senden Sie sie erneut.',
    zh: '收到的文件的 SHA-256 为 {{actual}}，而不是 {{expected}}。未保存任何内容；请重新发送。',
  },
  'tracked-metric-not-found': {
    en: 'The experiment has no metric “{{name}}”. The list of its metrics shows what there is.',
    es: 'El experimento no tiene la métrica «{{name}}». La lista de sus métricas muestra las que hay.',
    pt: 'A experiência não tem a métrica «{{name}}». A lista das suas métricas mostra as que existem.',
    de: 'Das Experiment hat keine Metrik „{{name}}“. Die Liste seiner Metriken zeigt, welche es gibt.',
    zh: '该实验没有指标“{{name}}”。请查看其指标列表。',
  },
  'tracked-node-misplaced': {
    en: 'Node {{id}} is a {{kind}}; this takes a {{expected}}. Name another node.',
    es: 'El nodo {{id}} es {{kind}}; aquí se necesita {{expected}}. Indique otro nodo.',
    pt: 'O nó {{id}} é {{kind}}; aqui é preciso {{expected}}. Indique outro nó.',
    de: 'Knoten {{id}} ist {{kind}}; hier ist {{expected}} nötig. Nennen Sie einen anderen Knoten.',
    zh: '节点 {{id}} 的类型是 {{kind}}；此处需要 {{expected}}。请指定其他节点。',
  },
  'tracked-node-not-found': {
    en: 'There is no folder, experiment or file {{id}}. It may have been deleted; list the project to see what there is.',
    es: 'No existe la carpeta, el experimento o el archivo {{id}}. Puede haberse eliminado; liste el proyecto para ver lo que hay.',
    pt: 'Não existe a pasta, a experiência ou o ficheiro {{id}}. Pode ter sido eliminado; liste o projeto para ver o que existe.',
    de: 'Es gibt keinen Ordner, kein Experiment und keine Datei {{id}}. Vielleicht gelöscht; listen Sie das Projekt auf.',
    zh: '没有编号为 {{id}} 的文件夹、实验或文件。它可能已被删除；请列出项目内容查看。',
  },
  'tracked-run-protected': {
    en: 'Experiment {{id}} is write-protected and has ended. Open one with another name to write.',
    es: 'El experimento {{id}} está protegido contra escritura y ha terminado. Abra otro con otro nombre para escribir.',
    pt: 'A experiência {{id}} está protegida contra escrita e terminou. Abra outra com outro nome para escrever.',
    de: 'Experiment {{id}} ist schreibgeschützt und beendet. Öffnen Sie eines mit anderem Namen, um zu schreiben.',
    zh: '实验 {{id}} 受写保护且已结束。请用其他名称打开一个实验再写入。',
  },
  'tracked-track-not-found': {
    en: 'The experiment has no track “{{topic}}”. The list of its tracks shows what there is.',
    es: 'El experimento no tiene la pista «{{topic}}». La lista de sus pistas muestra las que hay.',
    pt: 'A experiência não tem a faixa «{{topic}}». A lista das suas faixas mostra as que existem.',
    de: 'Das Experiment hat keine Spur „{{topic}}“. Die Liste seiner Spuren zeigt, welche es gibt.',
    zh: '该实验没有轨迹“{{topic}}”。请查看其轨迹列表。',
  },
} as const satisfies Partial<Record<ErrorCode, LocalText>>;
