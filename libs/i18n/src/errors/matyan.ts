import type { ErrorCode, LocalText } from '#contract';

/** Texts of errors that Aim-compatible clients meet. */
export const matyanErrors = {
  'artifact-path-invalid': {
    en: 'The path {{path}} cannot name a file of a run. Use plain names with slashes between, no "..", no control characters, 255 characters a name at most.',
    es: 'La ruta {{path}} no puede nombrar un archivo de una ejecución. Use nombres simples separados por barras, sin "..", sin caracteres de control y de 255 caracteres como máximo cada uno.',
    pt: 'O caminho {{path}} não pode nomear um ficheiro de uma execução. Use nomes simples separados por barras, sem "..", sem caracteres de controlo e com 255 caracteres no máximo cada um.',
    de: 'Der Pfad {{path}} kann keine Datei eines Laufs benennen. Verwenden Sie einfache Namen mit Schrägstrichen dazwischen, ohne „..“, ohne Steuerzeichen, je höchstens 255 Zeichen.',
    zh: '路径 {{path}} 不能作为运行文件的名称。请使用以斜杠分隔的普通名称，不含 ".." 和控制字符，每段最多 255 个字符。',
  },
  'tracked-archive-too-large': {
    en: 'The files of this run hold {{sizeBytes}} bytes; an archive may hold {{limitBytes}}. Download them one by one.',
    es: 'Los archivos de esta ejecución ocupan {{sizeBytes}} bytes; un archivo comprimido admite {{limitBytes}}. Descárguelos uno a uno.',
    pt: 'Os ficheiros desta execução ocupam {{sizeBytes}} bytes; um arquivo admite {{limitBytes}}. Descarregue-os um a um.',
    de: 'Die Dateien dieses Laufs umfassen {{sizeBytes}} Bytes; ein Archiv fasst {{limitBytes}}. Laden Sie sie einzeln herunter.',
    zh: '该运行的文件共 {{sizeBytes}} 字节，而归档最多容纳 {{limitBytes}} 字节。请逐个下载。',
  },
  'tracked-file-missing': {
    en: 'The file {{path}} was announced, but its bytes never arrived. Upload it again from where it was logged.',
    es: 'El archivo {{path}} fue anunciado, pero su contenido nunca llegó. Vuelva a subirlo desde donde se registró.',
    pt: 'O ficheiro {{path}} foi anunciado, mas o seu conteúdo nunca chegou. Envie-o de novo a partir de onde foi registado.',
    de: 'Die Datei {{path}} wurde angekündigt, aber ihr Inhalt kam nie an. Laden Sie sie von dort, wo sie protokolliert wurde, noch einmal hoch.',
    zh: '文件 {{path}} 已登记，但其内容从未到达。请从记录它的地方重新上传。',
  },
  'tracked-frame-invalid': {
    en: 'The frame cannot be read: {{reason}}. Send one JSON object or a list of them.',
    es: 'La trama no se puede leer: {{reason}}. Envíe un objeto JSON o una lista de ellos.',
    pt: 'A trama não pode ser lida: {{reason}}. Envie um objeto JSON ou uma lista deles.',
    de: 'Der Frame ist nicht lesbar: {{reason}}. Senden Sie ein JSON-Objekt oder eine Liste davon.',
    zh: '无法读取该帧：{{reason}}。请发送一个 JSON 对象或其列表。',
  },
  'tracked-message-invalid': {
    en: 'Message {{index}} of the frame cannot be used: {{reason}}. Those before it are stored; correct it and send it with those after it.',
    es: 'El mensaje {{index}} de la trama no se puede usar: {{reason}}. Los anteriores están guardados; corríjalo y envíelo con los siguientes.',
    pt: 'A mensagem {{index}} da trama não pode ser usada: {{reason}}. As anteriores estão guardadas; corrija-a e envie-a com as seguintes.',
    de: 'Die Nachricht {{index}} des Frames ist nicht verwendbar: {{reason}}. Die davor sind gespeichert; berichtigen Sie sie und senden Sie sie mit den folgenden.',
    zh: '该帧的第 {{index}} 条消息无法使用：{{reason}}。之前的消息已保存；请更正后与其后的消息一起发送。',
  },
  'tracked-run-foreign': {
    en: 'Run {{id}} is written by {{source}}. Another client may name, tag, group and archive it; to log, start a run of your own.',
    es: 'La ejecución {{id}} la escribe {{source}}. Otro cliente puede nombrarla, etiquetarla, agruparla y archivarla; para registrar, inicie una propia.',
    pt: 'A execução {{id}} é escrita por {{source}}. Outro cliente pode nomeá-la, etiquetá-la, agrupá-la e arquivá-la; para registar, inicie uma sua.',
    de: 'Den Lauf {{id}} schreibt {{source}}. Ein anderer Client darf ihn benennen, kennzeichnen, gruppieren und archivieren; zum Protokollieren beginnen Sie einen eigenen.',
    zh: '运行 {{id}} 由 {{source}} 写入。其他客户端可以对其命名、打标签、分组和归档；要记录数据，请开始自己的运行。',
  },
  'upload-url-invalid': {
    en: 'This upload URL is not ours, was changed, or is more than an hour old. Ask for a new one.',
    es: 'Esta URL de subida no es nuestra, fue modificada o tiene más de una hora. Pida una nueva.',
    pt: 'Este URL de envio não é nosso, foi alterado ou tem mais de uma hora. Peça um novo.',
    de: 'Diese Upload-URL ist nicht von uns, wurde verändert oder ist älter als eine Stunde. Fordern Sie eine neue an.',
    zh: '该上传地址并非由本服务签发、已被修改或已超过一小时。请重新申请。',
  },
} as const satisfies Partial<Record<ErrorCode, LocalText>>;
