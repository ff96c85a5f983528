import type { ErrorCode, LocalText } from '#contract';

/** Texts of errors about what a dashboard shows of tracked runs, and about folders brought from elsewhere. */
export const swanlabErrors = {
  'swanlog-unreadable': {
    en: 'This is no log folder that can be read: {{reason}}. Pack the folder “swanlog” with its file runs.swanlab as ZIP or tar.gz.',
    es: 'No es una carpeta de registros legible: {{reason}}. Empaquete la carpeta “swanlog” con su archivo runs.swanlab como ZIP o tar.gz.',
    pt: 'Não é uma pasta de registos legível: {{reason}}. Empacote a pasta “swanlog” com o ficheiro runs.swanlab como ZIP ou tar.gz.',
    de: 'Das ist kein lesbarer Protokollordner: {{reason}}. Packen Sie den Ordner „swanlog“ mit seiner Datei runs.swanlab als ZIP oder tar.gz.',
    zh: '这不是可读取的日志文件夹：{{reason}}。请将含有 runs.swanlab 的 “swanlog” 文件夹打包为 ZIP 或 tar.gz。',
  },
  'tracked-chart-not-found': {
    en: 'There is no chart or group {{id}}. Ask for the charts of the experiment again.',
    es: 'No existe el gráfico o grupo {{id}}. Vuelva a pedir los gráficos del experimento.',
    pt: 'Não existe o gráfico ou grupo {{id}}. Peça novamente os gráficos da experiência.',
    de: 'Es gibt kein Diagramm und keine Gruppe {{id}}. Fragen Sie die Diagramme des Experiments erneut ab.',
    zh: '图表或分组 {{id}} 不存在。请重新获取该实验的图表。',
  },
  'tracked-logs-missing': {
    en: 'No Logs Found: this experiment wrote nothing to its terminal, or nobody kept it. Have the next run log its terminal.',
    es: 'No hay registros: este experimento no escribió nada en su terminal o nadie lo guardó. Haga que la próxima ejecución registre su terminal.',
    pt: 'Não há registos: esta experiência nada escreveu no terminal, ou ninguém o guardou. Faça a próxima execução registar o terminal.',
    de: 'Keine Ausgaben: Dieses Experiment schrieb nichts in sein Terminal, oder niemand hat es aufbewahrt. Lassen Sie den nächsten Lauf sein Terminal mitschreiben.',
    zh: '没有日志：该实验没有终端输出，或未被保存。请让下一次运行记录其终端输出。',
  },
  'tracked-requirements-missing': {
    en: 'failed to find requirements: nobody wrote down the packages of this experiment. Import a log folder that has files/requirements.txt to see them.',
    es: 'No hay requisitos: nadie anotó los paquetes de este experimento. Importe una carpeta de registros con files/requirements.txt para verlos.',
    pt: 'Não há requisitos: ninguém anotou os pacotes desta experiência. Importe uma pasta de registos com files/requirements.txt para os ver.',
    de: 'Keine Anforderungen: Niemand hat die Pakete dieses Experiments festgehalten. Importieren Sie einen Protokollordner mit files/requirements.txt, um sie zu sehen.',
    zh: '未找到依赖列表：没有记录该实验所用的软件包。请导入含有 files/requirements.txt 的日志文件夹。',
  },
  'tracked-run-busy': {
    en: 'An experiment is still running. Stop it, or wait for its end, before you delete.',
    es: 'Un experimento sigue en marcha. Deténgalo o espere a que termine antes de eliminar.',
    pt: 'Uma experiência ainda está a decorrer. Pare-a ou espere pelo fim antes de eliminar.',
    de: 'Ein Experiment läuft noch. Halten Sie es an oder warten Sie sein Ende ab, bevor Sie löschen.',
    zh: '仍有实验在运行。请先停止或等待其结束，再删除。',
  },
} as const satisfies Partial<Record<ErrorCode, LocalText>>;
