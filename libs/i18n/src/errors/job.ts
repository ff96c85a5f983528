import type { ErrorCode, LocalText } from '#contract';

/** Texts of errors about jobs and the workers that run them. */
export const jobErrors = {
  'attempts-spent': {
    en: 'The worker was lost each time this job ran. Check its memory and disk, then submit the job again.',
    es: 'El proceso de trabajo se perdió cada vez que se ejecutó esta tarea. Revise su memoria y disco y envíela de nuevo.',
    pt: 'O processo de trabalho perdeu-se sempre que esta tarefa correu. Verifique a memória e o disco e envie-a de novo.',
    de: 'Der Arbeitsprozess ging bei jedem Lauf dieses Auftrags verloren. Prüfen Sie Speicher und Platte und reichen Sie ihn erneut ein.',
    zh: '每次运行此任务时工作进程都丢失了。请检查内存和磁盘后重新提交。',
  },
  cancelled: {
    en: 'This job was cancelled. Submit it again if you still need the result.',
    es: 'Esta tarea se canceló. Envíela de nuevo si aún necesita el resultado.',
    pt: 'Esta tarefa foi cancelada. Envie-a de novo se ainda precisar do resultado.',
    de: 'Dieser Auftrag wurde abgebrochen. Reichen Sie ihn erneut ein, wenn Sie das Ergebnis noch brauchen.',
    zh: '此任务已取消。若仍需要结果，请重新提交。',
  },
  'entity-busy': {
    en: 'A job is still working on this. Wait until it has finished or cancel it.',
    es: 'Una tarea aún trabaja en esto. Espere a que termine o cancélela.',
    pt: 'Uma tarefa ainda está a trabalhar nisto. Espere até terminar ou cancele-a.',
    de: 'Ein Auftrag arbeitet noch daran. Warten Sie, bis er fertig ist, oder brechen Sie ihn ab.',
    zh: '仍有任务在处理此项。请等待其完成或取消该任务。',
  },
  'job-kwargs-invalid': {
    en: 'The arguments do not fit: {{reason}}. Send a JSON object as the API documentation describes it.',
    es: 'Los argumentos no son válidos: {{reason}}. Envíe un objeto JSON como lo describe la documentación de la API.',
    pt: 'Os argumentos não são válidos: {{reason}}. Envie um objeto JSON como o descreve a documentação da API.',
    de: 'Die Argumente passen nicht: {{reason}}. Senden Sie ein JSON-Objekt, wie es die API-Dokumentation beschreibt.',
    zh: '参数不符合要求：{{reason}}。请按 API 文档的说明发送 JSON 对象。',
  },
  'job-not-found': {
    en: 'No job with id={{id}}. List the jobs to see the ids.',
    es: 'No hay ninguna tarea con id={{id}}. Liste las tareas para ver los identificadores.',
    pt: 'Não há nenhuma tarefa com id={{id}}. Liste as tarefas para ver os identificadores.',
    de: 'Kein Auftrag mit id={{id}}. Die Liste der Aufträge zeigt die Kennungen.',
    zh: '没有 id={{id}} 的任务。请列出任务查看编号。',
  },
  'job-type-unknown': {
    en: 'There is no job type "{{type}}". Use one of: {{known}}.',
    es: 'No existe el tipo de tarea "{{type}}". Use uno de: {{known}}.',
    pt: 'Não existe o tipo de tarefa "{{type}}". Use um de: {{known}}.',
    de: 'Es gibt keinen Auftragstyp "{{type}}". Verwenden Sie einen von: {{known}}.',
    zh: '没有任务类型“{{type}}”。请使用以下之一：{{known}}。',
  },
  'missing-job-fields': {
    en: 'Missing job_type or kwargs. Send both as form fields.',
    es: 'Falta job_type o kwargs. Envíe ambos como campos de formulario.',
    pt: 'Falta job_type ou kwargs. Envie ambos como campos de formulário.',
    de: 'job_type oder kwargs fehlt. Senden Sie beide als Formularfelder.',
    zh: '缺少 job_type 或 kwargs。请将两者作为表单字段发送。',
  },
  'out-of-memory': {
    en: 'The job needed more memory than it may use. Choose fewer rows or columns or a smaller model, or raise MILLRACE_CHILD_MEMORY_BYTES.',
    es: 'La tarea necesitó más memoria de la permitida. Elija menos filas o columnas o un modelo menor, o aumente MILLRACE_CHILD_MEMORY_BYTES.',
    pt: 'A tarefa precisou de mais memória do que a permitida. Escolha menos linhas ou colunas ou um modelo menor, ou aumente MILLRACE_CHILD_MEMORY_BYTES.',
    de: 'Der Auftrag brauchte mehr Speicher als erlaubt. Wählen Sie weniger Zeilen oder Spalten oder ein kleineres Modell, oder erhöhen Sie MILLRACE_CHILD_MEMORY_BYTES.',
    zh: '任务所需内存超出上限。请减少行或列、选择较小的模型，或提高 MILLRACE_CHILD_MEMORY_BYTES。',
  },
  'storage-full': {
    en: 'The disk is full. Free some space under MILLRACE_HOME and submit the job again.',
    es: 'El disco está lleno. Libera espacio en MILLRACE_HOME y vuelve a enviar el trabajo.',
    pt: 'O disco está cheio. Liberte espaço em MILLRACE_HOME e submeta a tarefa novamente.',
    de: 'Der Datenträger ist voll. Schaffen Sie Platz unter MILLRACE_HOME und starten Sie den Auftrag erneut.',
    zh: '磁盘已满。请释放 MILLRACE_HOME 下的空间后重新提交任务。',
  },
  'worker-lost': {
    en: 'Worker process died unexpectedly. Submit the job again; if it repeats, check the worker log.',
    es: 'El proceso de trabajo terminó inesperadamente. Envíe la tarea de nuevo; si se repite, revise el registro.',
    pt: 'O processo de trabalho terminou inesperadamente. Envie a tarefa de novo; se repetir, verifique o registo.',
    de: 'Der Arbeitsprozess endete unerwartet. Reichen Sie den Auftrag erneut ein; wiederholt es sich, prüfen Sie das Protokoll.',
    zh: '工作进程意外终止。请重新提交任务；若重复出现，请查看日志。',
  },
} as const satisfies Partial<Record<ErrorCode, LocalText>>;
