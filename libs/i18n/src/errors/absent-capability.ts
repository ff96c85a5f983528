import type { ErrorCode, LocalText } from '#contract';

/** Texts of errors about what DashAI has and this server has not. */
export const absentCapabilityErrors = {
  'pipelines-not-offered': {
    en: 'This server has no pipelines. Prepare the data in a notebook and train models in a session.',
    es: 'Este servidor no tiene pipelines. Prepare los datos en un cuaderno y entrene modelos en una sesión.',
    pt: 'Este servidor não tem pipelines. Prepare os dados num caderno e treine modelos numa sessão.',
    de: 'Dieser Server hat keine Pipelines. Bereiten Sie die Daten in einem Notebook vor und trainieren Sie Modelle in einer Sitzung.',
    zh: '此服务器没有流水线。请在笔记本中准备数据，并在会话中训练模型。',
  },
  'retrieval-not-offered': {
    en: 'This server has no retrieval over documents. Put what the model has to know into the prompt.',
    es: 'Este servidor no ofrece recuperación sobre documentos. Escriba en la instrucción lo que el modelo deba saber.',
    pt: 'Este servidor não oferece recuperação sobre documentos. Escreva na instrução o que o modelo deve saber.',
    de: 'Dieser Server sucht nicht in Dokumenten. Schreiben Sie in die Eingabe, was das Modell wissen muss.',
    zh: '此服务器不提供文档检索。请把模型需要知道的内容写入提示词。',
  },
  'session-converters-not-offered': {
    en: 'A session converts no columns here. Convert them in a notebook, save it as a data set and choose that one.',
    es: 'Aquí una sesión no convierte columnas. Conviértalas en un cuaderno, guárdelo como conjunto de datos y elija ese.',
    pt: 'Aqui uma sessão não converte colunas. Converta-as num caderno, guarde-o como conjunto de dados e escolha esse.',
    de: 'Eine Sitzung wandelt hier keine Spalten um. Wandeln Sie sie in einem Notebook um, speichern Sie es als Datensatz und wählen Sie diesen.',
    zh: '此处会话不转换列。请在笔记本中转换，另存为数据集后选择该数据集。',
  },
} as const satisfies Partial<Record<ErrorCode, LocalText>>;
