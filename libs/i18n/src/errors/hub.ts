import type { ErrorCode, LocalText } from '#contract';

/** Texts of errors about public hubs and the keys for them. */
export const hubErrors = {
  'credential-rejected': {
    en: 'The platform does not accept this key for {{name}}. Check that it was copied whole and has not expired.',
    es: 'La plataforma no acepta esta clave para {{name}}. Compruebe que se copió completa y que no ha caducado.',
    pt: 'A plataforma não aceita esta chave para {{name}}. Verifique se foi copiada por inteiro e se não expirou.',
    de: 'Die Plattform nimmt diesen Schlüssel für {{name}} nicht an. Prüfen Sie, ob er ganz kopiert wurde und noch gilt.',
    zh: '平台不接受 {{name}} 的此密钥。请检查是否完整复制且未过期。',
  },
  'credential-unknown': {
    en: 'There is no credential {{name}}. List the credentials to see the names.',
    es: 'No existe la credencial {{name}}. Consulte la lista de credenciales para ver los nombres.',
    pt: 'Não existe a credencial {{name}}. Consulte a lista de credenciais para ver os nomes.',
    de: 'Es gibt keine Zugangsdaten {{name}}. Die Liste der Zugangsdaten nennt die Namen.',
    zh: '没有名为 {{name}} 的凭据。请查看凭据列表中的名称。',
  },
  'datafile-file-unknown': {
    en: '"{{name}}" is none of the fetched files. Choose one of: {{known}}.',
    es: '«{{name}}» no es ninguno de los archivos descargados. Elija uno de: {{known}}.',
    pt: '"{{name}}" não é nenhum dos ficheiros descarregados. Escolha um de: {{known}}.',
    de: '„{{name}}“ ist keine der geholten Dateien. Wählen Sie eine von: {{known}}.',
    zh: '"{{name}}" 不在已下载的文件之中。请选择：{{known}}。',
  },
  'datafile-not-found': {
    en: 'There is no fetched file with id={{id}}. List the files to see the ids.',
    es: 'No existe un archivo descargado con id={{id}}. Consulte la lista para ver los identificadores.',
    pt: 'Não existe um ficheiro descarregado com id={{id}}. Consulte a lista para ver os identificadores.',
    de: 'Es gibt keine geholte Datei mit id={{id}}. Die Liste nennt die Kennungen.',
    zh: '没有 id={{id}} 的已下载文件。请查看列表中的编号。',
  },
  'datafile-not-ready': {
    en: 'The files of {{id}} are not here yet. Wait until their job has finished, or start it again if it failed.',
    es: 'Los archivos de {{id}} aún no están aquí. Espere a que termine su trabajo o inícielo de nuevo si falló.',
    pt: 'Os ficheiros de {{id}} ainda não estão aqui. Aguarde que o trabalho termine ou inicie-o de novo se falhou.',
    de: 'Die Dateien von {{id}} sind noch nicht da. Warten Sie, bis ihr Auftrag fertig ist, oder starten Sie ihn neu, wenn er scheiterte.',
    zh: '{{id}} 的文件尚未就绪。请等待其任务完成；若失败，请重新启动。',
  },
  'datafile-without-table': {
    en: '{{name}} has no file that a loader can read. Choose another data set, or fetch its files yourself and upload a table.',
    es: '{{name}} no tiene ningún archivo que un cargador pueda leer. Elija otro conjunto de datos o descargue usted los archivos y suba una tabla.',
    pt: '{{name}} não tem nenhum ficheiro que um carregador consiga ler. Escolha outro conjunto de dados ou descarregue os ficheiros e envie uma tabela.',
    de: '{{name}} hat keine Datei, die ein Lader lesen kann. Wählen Sie einen anderen Datensatz, oder holen Sie die Dateien selbst und laden Sie eine Tabelle hoch.',
    zh: '{{name}} 没有加载器可读取的文件。请选择其他数据集，或自行下载文件后上传表格。',
  },
  'dataset-source-failed': {
    en: '{{name}} does not answer as it should ({{reason}}). Try again later; without a connection to the internet hubs cannot be reached.',
    es: '{{name}} no responde como debería ({{reason}}). Inténtelo más tarde; sin conexión a internet no se puede acceder a los repositorios.',
    pt: '{{name}} não responde como deveria ({{reason}}). Tente mais tarde; sem ligação à internet os repositórios não são acessíveis.',
    de: '{{name}} antwortet nicht, wie es sollte ({{reason}}). Versuchen Sie es später; ohne Verbindung zum Internet sind Sammlungen nicht erreichbar.',
    zh: '{{name}} 未正常应答（{{reason}}）。请稍后重试；没有互联网连接则无法访问数据平台。',
  },
  'dataset-source-unknown': {
    en: 'There is no source {{name}}. List the components of type DatasetSource to see the names.',
    es: 'No existe la fuente {{name}}. Consulte los componentes de tipo DatasetSource para ver los nombres.',
    pt: 'Não existe a fonte {{name}}. Consulte os componentes do tipo DatasetSource para ver os nomes.',
    de: 'Es gibt keine Quelle {{name}}. Die Komponenten der Art DatasetSource nennen die Namen.',
    zh: '没有名为 {{name}} 的来源。请查看 DatasetSource 类型的组件名称。',
  },
} as const satisfies Partial<Record<ErrorCode, LocalText>>;
